import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import { commands as api } from '@/api/rest'
import type { Command } from '@/api/types'
import { currentLocale } from '@/i18n'

/** The "/" commands of this server, as the composer offers them. */
export const useCatalogue = defineStore('catalogue', () => {
  const commands = shallowRef<readonly Command[]>([])
  const version = ref(-1)
  let language = ''

  /** Fetches when the server's version, or the language of the summaries, is another than ours. */
  async function refresh(current: number): Promise<void> {
    if (current === version.value && language === currentLocale()) return
    const wanted = currentLocale()
    const answer = await api.list(wanted).catch(() => null)
    if (!answer) return
    language = wanted
    version.value = answer.version
    commands.value = answer.commands
  }

  return { check: api.check, suggest: (room: string, text: string) => api.suggest(room, text, currentLocale()), commands, version, refresh }
})
