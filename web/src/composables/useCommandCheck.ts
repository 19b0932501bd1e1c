import { useDebounceFn } from '@vueuse/core'
import { computed, shallowRef, watch, type Ref } from 'vue'
import { ApiProblem } from '@/api/http'
import type { Problem } from '@/api/types'
import { commandLine } from '@/commands/fold'
import { finishedUpTo } from '@/commands/position'
import { useCatalogue } from '@/stores/catalogue'

const AFTER_MS = 250 // of silence

/**
 * Asks the server what is wrong with the command in the field, before it is sent. An answer to another text than the one
 * that stands there is dropped; so is a fault in the word that is still being typed, and that something is missing yet.
 */
export function useCommandCheck(text: Ref<string>, wanted: () => boolean) {
  const catalogue = useCatalogue()
  const answered = shallowRef<{ text: string; problem: Problem } | null>(null)

  const ask = useDebounceFn(async () => {
    const asked = text.value
    if (!wanted() || commandLine(asked) === null) return
    try {
      await catalogue.check(asked)
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
      answered.value = { text: asked, problem: error.problem }
    }
  }, AFTER_MS)

  watch(text, () => void ask())

  const fault = computed((): Problem | null => {
    const known = answered.value
    if (!known || known.text !== text.value || known.problem.code !== 'bad_argument') return null
    return (known.problem.position ?? Infinity) < finishedUpTo(text.value) ? known.problem : null
  })

  return { fault }
}
