import { useDebounceFn } from '@vueuse/core'
import { computed, shallowRef, watch, type Ref } from 'vue'
import { ApiProblem } from '@/api/http'
import { stillFitting, type Answer, type Asked } from '@/commands/suggested'
import { useCatalogue } from '@/stores/catalogue'

const AFTER_MS = 150 // of silence

/** What the plugin suggests for the argument at the caret. An answer to a question that is not the last is dropped. */
export function useSuggestedValues(room: string, asked: Ref<Asked | null>) {
  const catalogue = useCatalogue()
  const answer = shallowRef<Answer | null>(null)

  const ask = useDebounceFn(async () => {
    const question = asked.value
    if (!question) return
    try {
      const { values } = await catalogue.suggest(room, question.text)
      if (asked.value?.text === question.text) answer.value = { asked: question, values }
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error // what is wrong with the line is told by its check
    }
  }, AFTER_MS)

  watch(() => asked.value?.text, () => void ask())

  return computed(() => stillFitting(answer.value, asked.value))
}
