import { defineStore } from 'pinia'
import { ref } from 'vue'
import { ApiProblem } from '@/api/http'
import { problemText } from '@/i18n/problems'

export interface Toast {
  id: number
  text: string
  tone: 'plain' | 'danger'
}

const SHOWN_MS = 5000

/** Short words at the edge of the page: something was done, or could not be. */
export const useToasts = defineStore('toasts', () => {
  const shown = ref<Toast[]>([])
  let next = 1

  function say(text: string, tone: Toast['tone'] = 'plain'): void {
    const toast = { id: next++, text, tone }
    shown.value.push(toast)
    setTimeout(() => dismiss(toast.id), SHOWN_MS)
  }

  function dismiss(id: number): void {
    shown.value = shown.value.filter((toast) => toast.id !== id)
  }

  /** Tells why something failed; what is not the server's "no" is a fault of ours and goes on up. */
  function complain(error: unknown): void {
    if (!(error instanceof ApiProblem)) throw error
    say(problemText(error.problem), 'danger')
  }

  return { shown, say, dismiss, complain }
})
