import { useThrottleFn } from '@vueuse/core'
import { computed } from 'vue'
import { useConnection } from '@/stores/connection'
import { useDrafts } from '@/stores/drafts'
import { useOutbox } from '@/stores/outbox'
import { useSession } from '@/stores/session'
import { useTimelines } from '@/stores/timelines'
import { useUi } from '@/stores/ui'
import { useUploads } from '@/stores/uploads'
import { byteLength, LONGEST_TEXT } from '@/text/bytes'
import { useSlowMode } from './useSlowMode'

const TYPING_EVERY_MS = 3000 // half of what a name stands for

/** The draft of a room and what becomes of it. */
export function useComposer(room: string) {
  const drafts = useDrafts()
  const outbox = useOutbox()
  const connection = useConnection()
  const session = useSession()
  const timelines = useTimelines()
  const ui = useUi()
  const uploads = useUploads()
  const slow = useSlowMode(room)

  const text = computed({
    get: () => drafts.of(room).text,
    set: (value: string) => drafts.set(room, { text: value }),
  })
  const replyTo = computed(() => drafts.of(room).replyTo)
  const problem = computed(() => drafts.problems.get(room) ?? null)
  const surplus = computed(() => Math.max(0, byteLength(text.value) - LONGEST_TEXT))

  const sayTyping = useThrottleFn(() => connection.send({ do: 'typing', room }), TYPING_EVERY_MS)

  function typed(): void {
    drafts.problems.delete(room)
    if (text.value.trim() && !/^[/／、]/.test(text.value)) void sayTyping()
  }

  const files = computed(() => uploads.of(room))
  const ready = computed(() =>
    surplus.value === 0 && slow.left.value === 0 && files.value.every((file) => file.state === 'ready') && (text.value.trim() !== '' || files.value.length > 0),
  )

  /** False when there is nothing to send, or not yet. */
  function send(asText = false): boolean {
    const written = text.value.trim()
    if (!ready.value) return false
    drafts.problems.delete(room)
    const reply = replyTo.value
    drafts.set(room, { text: '', replyTo: null })
    outbox.post(room, written, reply, asText, uploads.take(room))
    slow.sent()
    return true
  }

  function cancelReply(): void {
    drafts.set(room, { replyTo: null })
  }

  /** Opens the newest message of mine for editing; false when none is here. */
  function editLast(): boolean {
    const mine = timelines.of(room).segment.messages.filter((message) => message.author.name === session.me?.name && !message.deleted)
    ui.editing = mine.at(-1)?.id ?? null
    return ui.editing !== null
  }

  return {
    text, replyTo, problem, surplus, files, ready, wait: slow.left, typed, send, cancelReply, editLast,
    attach: (chosen: Iterable<File>) => uploads.add(room, chosen),
  }
}
