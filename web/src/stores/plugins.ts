import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import { ApiProblem } from '@/api/http'
import { plugins as api } from '@/api/rest'
import type { Plugin } from '@/api/types'
import { text as t } from '@/i18n'
import { useToasts } from './toasts'

/** The plugins of this server, for its operators. */
export const usePlugins = defineStore('plugins', () => {
  const toasts = useToasts()
  const list = shallowRef<readonly Plugin[]>([])
  const state = ref<'loading' | 'ready' | 'refused'>('loading')
  const busy = ref<ReadonlySet<string>>(new Set())

  async function load(): Promise<void> {
    try {
      list.value = (await api.list()).plugins
      state.value = 'ready'
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
      if (error.problem.status === 403 || error.problem.status === 401) state.value = 'refused'
    }
  }

  async function change(id: string, action: () => Promise<unknown>): Promise<void> {
    busy.value = new Set([...busy.value, id])
    await action().catch((error: unknown) => complain(id, error))
    busy.value = new Set([...busy.value].filter((other) => other !== id))
    await load()
  }

  function complain(id: string, error: unknown): void {
    if (error instanceof ApiProblem && error.code === 'plugin_refused')
      toasts.say(t('admin.refused', { name: id, reason: error.problem.reason ?? error.problem.detail ?? '' }), 'danger')
    else toasts.complain(error)
  }

  async function swap(id: string, action: () => Promise<{ plugin: Plugin; result: 'live' | 'unchanged' }>): Promise<void> {
    await change(id, async () => {
      const { plugin, result } = await action()
      toasts.say(
        result === 'live' ? t('admin.reloaded', { name: id, generation: plugin.generation }) : t('admin.unchanged', { name: id }),
      )
    })
  }

  return {
    list, state, busy, load,
    reload: (id: string, force: boolean) => swap(id, () => api.reload(id, force)),
    rollback: (id: string) => swap(id, () => api.rollback(id)),
    enable: (id: string) => change(id, () => api.enable(id)),
    disable: (id: string) => change(id, () => api.disable(id)),
    isolate: (id: string, isolation: Plugin['isolation']) => change(id, () => api.isolate(id, isolation)),
  }
})
