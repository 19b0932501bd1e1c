import { useLocalStorage } from '@vueuse/core'
import { defineStore } from 'pinia'
import { computed, reactive } from 'vue'
import type { Problem } from '@/api/types'
import { useSession } from './session'

export interface Draft {
  text: string
  replyTo: string | null
}

type SavedDrafts = Record<string, Record<string, Draft>>

/** What is written but not sent, per person and room; survives a reload. */
export const useDrafts = defineStore('drafts', () => {
  const session = useSession()
  const saved = useLocalStorage<SavedDrafts>('riposte.drafts', {})
  const problems = reactive(new Map<string, Problem>())
  const mine = computed(() => saved.value[session.me?.name ?? ''] ?? {})

  function of(room: string): Draft {
    return mine.value[room] ?? { text: '', replyTo: null }
  }

  function set(room: string, change: Partial<Draft>): void {
    const draft = { ...of(room), ...change }
    const rest = Object.fromEntries(Object.entries(mine.value).filter(([uri]) => uri !== room))
    const kept = draft.text || draft.replyTo ? { ...rest, [room]: draft } : rest
    saved.value = { ...saved.value, [session.me?.name ?? '']: kept }
  }

  /** A command that was refused comes back as a draft, unless something new is being written: then false. */
  function giveBack(room: string, draft: Draft, problem: Problem): boolean {
    if (of(room).text.trim()) return false
    set(room, draft)
    problems.set(room, problem)
    return true
  }

  function forgetAll(name: string): void {
    saved.value = Object.fromEntries(Object.entries(saved.value).filter(([owner]) => owner !== name))
  }

  return { problems, of, set, giveBack, forgetAll }
})
