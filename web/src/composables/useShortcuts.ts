import { useEventListener } from '@vueuse/core'
import { useUi } from '@/stores/ui'

const EDITABLE = 'input, textarea, select, [contenteditable="true"]'

/** The keys that work anywhere in the chat. */
export function useShortcuts(currentRoom: () => string): void {
  const ui = useUi()

  useEventListener(window, 'keydown', (event: KeyboardEvent) => {
    if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return
    const control = (event.ctrlKey || event.metaKey) && !event.altKey
    const key = event.key.toLowerCase()
    const typing = event.target instanceof Element && event.target.matches(EDITABLE)
    if (control && !event.shiftKey && key === 'k') ui.open('switcher')
    else if (control && event.shiftKey && key === 'f') ui.open('search', currentRoom())
    else if (key === '?' && !typing && !ui.dialog) ui.open('help')
    else return
    event.preventDefault()
  })
}
