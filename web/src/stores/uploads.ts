import { defineStore } from 'pinia'
import { markRaw, reactive, ref } from 'vue'
import { ApiProblem } from '@/api/http'
import { upload } from '@/api/upload'
import type { Attachment, Problem } from '@/api/types'
import { readPicture } from '@/files/picture'
import { currentLocale, text as t } from '@/i18n'
import { fileSize } from '@/text/bytes'
import { randomId } from '@/text/ids'
import { useToasts } from './toasts'

export const MOST_FILES = 10

/** A file in the composer. sending: on its way to the server · ready: a message may carry it · failed: it was refused */
export interface Upload {
  key: string
  name: string
  size: number
  preview: string | null
  share: number // of it that has arrived, 0 to 1
  state: 'sending' | 'ready' | 'failed'
  attachment: Attachment | null
  problem: Problem | null
}

/** Files that are about to be sent, per room. They are sent as they are chosen, so that the message does not wait. */
export const useUploads = defineStore('uploads', () => {
  const toasts = useToasts()
  const byRoom = reactive(new Map<string, Upload[]>())
  const stops = new Map<string, AbortController>()
  const limit = ref(0) // bytes of one file; 0: the server takes none

  function of(room: string): readonly Upload[] {
    return byRoom.get(room) ?? []
  }

  function add(room: string, files: Iterable<File>): void {
    for (const file of files) {
      const refusal = refusalOf(room, file)
      if (refusal) toasts.say(refusal, 'danger')
      else void send(room, file)
    }
  }

  function refusalOf(room: string, file: File): string | null {
    const { name } = file
    if (limit.value === 0) return t('composer.attachNone')
    if (of(room).length >= MOST_FILES) return t('composer.attachTooMany', { count: MOST_FILES })
    if (file.size > limit.value) return t('composer.attachTooLarge', { name, limit: fileSize(limit.value, currentLocale()) })
    return file.size === 0 ? t('composer.attachEmpty', { name }) : null
  }

  async function send(room: string, file: File): Promise<void> {
    const key = randomId()
    const stop = new AbortController()
    stops.set(key, stop)
    const entry = reactive<Upload>({ key, name: file.name, size: file.size, preview: null, share: 0, state: 'sending', attachment: null, problem: null })
    byRoom.set(room, [...of(room), entry])
    try {
      const picture = await readPicture(file)
      entry.preview = picture?.preview ?? null
      const { width = 0, height = 0, thumbnail = null } = picture ?? {}
      const stored = await upload(room, { name: file.name, body: file, width, height, thumbnail }, stop.signal, (share) => (entry.share = share))
      entry.attachment = markRaw(stored) // IndexedDB takes no proxies
      entry.state = 'ready'
    } catch (error) {
      if (stop.signal.aborted) return
      if (!(error instanceof ApiProblem)) throw error
      entry.state = 'failed'
      entry.problem = error.problem
    } finally {
      stops.delete(key)
    }
  }

  /** Out of the composer; stopped where it was still on its way. */
  function remove(room: string, key: string): void {
    stops.get(key)?.abort()
    byRoom.set(room, of(room).filter((entry) => entry.key !== key))
  }

  /** What the message carries; the composer is empty again. */
  function take(room: string): Attachment[] {
    const ready = of(room).flatMap((entry) => entry.attachment ?? [])
    byRoom.delete(room)
    return ready
  }

  return { byRoom, limit, of, add, remove, take }
})
