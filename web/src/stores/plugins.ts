import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import { ApiProblem } from '@/api/http'
import { plugins as api, type DataChoice } from '@/api/operator'
import type { Plugin } from '@/api/types'
import { text as t } from '@/i18n'
import { useToasts } from './toasts'

const MOST_SAMPLES = 60

/** The plugins of this server, for its operators. */
export const usePlugins = defineStore('plugins', () => {
  const toasts = useToasts()
  const list = shallowRef<readonly Plugin[]>([])
  const state = ref<'loading' | 'ready' | 'refused'>('loading')
  const busy = ref<ReadonlySet<string>>(new Set())

  /** How many calls came between two looks, of the last minutes. */
  const rates = shallowRef<ReadonlyMap<string, readonly number[]>>(new Map())

  function sample(now: readonly Plugin[]): void {
    const before = new Map(list.value.map(({ id, calls }) => [id, calls]))
    rates.value = new Map(now.map(({ id, calls }) => {
      const came = Math.max(0, calls - (before.get(id) ?? calls))
      return [id, [...(rates.value.get(id) ?? []), came].slice(-MOST_SAMPLES)]
    }))
  }

  async function load(): Promise<void> {
    try {
      const { plugins } = await api.list()
      sample(plugins)
      list.value = plugins
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

  async function rollback(id: string, data: DataChoice): Promise<void> {
    await change(id, async () => {
      try {
        const { plugin, lost } = await api.rollback(id, data)
        toasts.say(lost ? t('admin.rolledBackLost', { name: id, version: plugin.version, lost }) : t('admin.rolledBack', { name: id, version: plugin.version }))
      } catch (error) {
        if (!(error instanceof ApiProblem && error.code === 'not_found')) throw error
        toasts.say(t(data === 'restore' ? 'admin.rollbackNoCopy' : 'admin.rollbackNone', { name: id }), 'danger')
      }
    })
  }

  /** Throws ApiProblem, for the field. */
  async function rename(id: string, prefix: string, alias: string): Promise<void> {
    await api.alias(id, prefix, alias)
    await load()
  }

  async function setPresence(id: string, rooms: Plugin['rooms']): Promise<void> {
    await change(id, async () => {
      await api.presence(id, rooms)
      toasts.say(t(rooms === 'everywhere' ? 'admin.nowEverywhere' : 'admin.nowInvited', { name: id }))
    })
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
    list, state, busy, rates, load,
    reload: (id: string, force: boolean) => swap(id, () => api.reload(id, force)),
    rollback, rename, setPresence,
    grant: (id: string, permission: string, given: boolean) => change(id, () => api.grant(id, permission, given)),
    enable: (id: string) => change(id, () => api.enable(id)),
    disable: (id: string) => change(id, () => api.disable(id)),
    isolate: (id: string, isolation: Plugin['isolation']) => change(id, () => api.isolate(id, isolation)),
  }
})
