import { onMounted, ref, shallowRef } from 'vue'
import { ApiProblem } from '@/api/http'
import { operator } from '@/api/operator'
import type { Report } from '@/api/types'
import { useToasts } from '@/stores/toasts'

/** The open reports of every room. */
export function useOperatorReports() {
  const toasts = useToasts()
  const list = shallowRef<readonly Report[]>([])
  const state = ref<'loading' | 'ready' | 'failed'>('loading')

  async function load(): Promise<void> {
    try {
      list.value = (await operator.reports()).reports
      state.value = 'ready'
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
      if (state.value === 'loading') state.value = 'failed'
    }
  }

  async function change(action: () => Promise<unknown>): Promise<void> {
    await action().catch(toasts.complain)
    await load()
  }

  onMounted(load)
  return {
    list, state, load,
    settle: (report: Report) => change(() => operator.settleReport(report.id)),
    remove: (report: Report) => change(() => operator.removeReported(report.id)),
  }
}
