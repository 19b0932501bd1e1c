import { createSharedComposable, useClipboard } from '@vueuse/core'

/** Puts text into the clipboard, over plain http too. One for all messages: each asks the browser for permission else. */
export const useCopy = createSharedComposable(() => useClipboard({ legacy: true }))
