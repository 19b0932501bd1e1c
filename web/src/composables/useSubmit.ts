import { computed, ref, shallowRef } from 'vue'
import { ApiProblem } from '@/api/http'
import type { Problem } from '@/api/types'
import { problemText } from '@/i18n/problems'

/** One action of a form: busy while it runs, and the server's "no" beside the field it is about. */
export function useSubmit(action: () => Promise<unknown>) {
  const busy = ref(false)
  const problem = shallowRef<Problem | null>(null)
  const message = computed(() => (problem.value ? problemText(problem.value) : null))

  async function submit(): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    problem.value = null
    try {
      await action()
      return true
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
      problem.value = error.problem
      return false
    } finally {
      busy.value = false
    }
  }

  /** The text for one field; without a name, for what no field is at fault. */
  function errorOf(...fields: string[]): string | null {
    return fields.includes(fieldOf(problem.value)) ? message.value : null
  }

  return { busy, problem, message, submit, errorOf }
}

const FIELD_OF_CODE: Record<string, string> = { name_taken: 'name' }

function fieldOf(problem: Problem | null): string {
  return (problem && (problem.argument || FIELD_OF_CODE[problem.code])) ?? ''
}
