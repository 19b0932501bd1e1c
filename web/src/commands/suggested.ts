import type { SuggestedValue } from '@/api/types'
import type { CommandPopup } from './popup'

/** The argument at the caret, where its plugin suggests values. */
export interface Asked {
  text: string // up to the caret: what the server is asked about
  head: string // of it, what stands before the word being typed
  partial: string // that word
}

export interface Answer {
  asked: Asked
  values: readonly SuggestedValue[]
}

/** What to ask about, or null when nothing is suggested here. */
export function askedAbout(popup: CommandPopup, text: string): Asked | null {
  if (popup.mode !== 'arguments' || !popup.hint.filled[popup.hint.current]?.option.suggests) return null
  const { partial } = popup.hint
  return { text, head: text.slice(0, text.length - partial.length), partial }
}

/**
 * Of the last answer, what still fits: all of it while the text is the same, what begins like the word while that only
 * grew, nothing once another argument is at the caret. A value that is written out already is no suggestion.
 */
export function stillFitting(answer: Answer | null, now: Asked | null): readonly SuggestedValue[] {
  if (!answer || !now || answer.asked.head !== now.head) return []
  const others = answer.values.filter(({ value }) => value !== now.partial)
  if (answer.asked.partial === now.partial) return others
  const typed = now.partial.toLowerCase()
  if (!typed.startsWith(answer.asked.partial.toLowerCase())) return []
  return others.filter(({ value }) => value.toLowerCase().startsWith(typed))
}
