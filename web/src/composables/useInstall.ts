import { ref, shallowRef } from 'vue'
import { plugins as api } from '@/api/operator'
import { ApiProblem } from '@/api/http'
import type { Problem, StagedBuild } from '@/api/types'
import { text as t } from '@/i18n'
import { usePlugins } from '@/stores/plugins'
import { useToasts } from '@/stores/toasts'

/** A build from this computer: it is brought and checked, then, by a second word, put to work. */
export function useInstall() {
  const toasts = useToasts()
  const plugins = usePlugins()
  const state = ref<'empty' | 'checking' | 'checked' | 'installing' | 'installed'>('empty')
  const build = shallowRef<StagedBuild | null>(null)
  const problem = shallowRef<Problem | null>(null)

  async function tries<Value>(action: () => Promise<Value>): Promise<Value | null> {
    problem.value = null
    try {
      return await action()
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
      problem.value = error.problem
      return null
    }
  }

  async function bring(file: File): Promise<void> {
    state.value = 'checking'
    build.value = await tries(() => api.bring(file))
    state.value = build.value ? 'checked' : 'empty'
  }

  async function install(): Promise<void> {
    if (!build.value) return
    const { hash, plugin } = build.value
    state.value = 'installing'
    const report = await tries(() => api.install(hash))
    await plugins.load()
    const waits = plugins.list.some((other) => other.id === plugin && other.wants.length > 0)
    if (report) toasts.say(t('admin.reloaded', { name: plugin, generation: report.plugin.generation }))
    else if (waits) toasts.say(t('admin.installWaits', { name: plugin }))
    state.value = report || waits ? 'installed' : 'checked'
  }

  return { state, build, problem, bring, install }
}
