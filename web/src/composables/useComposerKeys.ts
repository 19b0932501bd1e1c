import { useMediaQuery } from '@vueuse/core'
import { isComposing } from '@/text/keys'
import type { useComposer } from './useComposer'
import type { Suggestion, useSuggestions } from './useSuggestions'

interface Ports {
  composer: ReturnType<typeof useComposer>
  suggestions: ReturnType<typeof useSuggestions>
  take: (suggestion: Suggestion) => void
  send: () => void
}

/** What each key does in the composer. An input method comes before everything else. */
export function useComposerKeys({ composer, suggestions, take, send }: Ports) {
  const finger = useMediaQuery('(pointer: coarse)') // there Enter is a new line, and a button sends

  function keydown(event: KeyboardEvent): void {
    if (isComposing(event)) return
    const handled = suggestions.items.value.length > 0 ? inPopup(event) || inField(event) : inField(event)
    if (handled) event.preventDefault()
  }

  function inPopup(event: KeyboardEvent): boolean {
    const { chosen, items } = suggestions
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') suggestions.move(event.key === 'ArrowDown' ? 1 : -1)
    else if (event.key === 'Escape') suggestions.dismiss()
    else if (event.key === 'Tab' && !event.shiftKey && items.value[0]) take(chosen.value ?? items.value[0])
    else if (event.key === 'Enter' && !event.shiftKey && chosen.value && !suggestions.isWrittenOut(chosen.value)) take(chosen.value)
    else return false
    return true
  }

  function inField(event: KeyboardEvent): boolean {
    if (event.key === 'Enter' && !event.shiftKey && !finger.value) send()
    else if (event.key === 'Escape' && composer.replyTo.value) composer.cancelReply()
    else if (event.key === 'ArrowUp' && composer.text.value === '') return composer.editLast()
    else return false
    return true
  }

  return { keydown }
}
