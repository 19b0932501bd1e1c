import { computed, reactive, ref, shallowRef } from 'vue'
import { plugins as api } from '@/api/operator'
import type { PluginSetting } from '@/api/types'
import { text as t } from '@/i18n'
import { usePlugins } from '@/stores/plugins'
import { useToasts } from '@/stores/toasts'
import { HIDDEN, isWrong, wantedText } from '@/text/settings'
import { useSubmit } from './useSubmit'

/** The settings of one plugin and what an operator would change of them: values, or null for what the configuration has. */
export function usePluginSettings(id: string) {
  const plugins = usePlugins()
  const toasts = useToasts()
  const list = shallowRef<readonly PluginSetting[] | null>(null)
  const draft = reactive(new Map<string, string[] | null>())
  const looked = ref(false) // wrong values are marked once they were to be applied
  const done = ref(false)

  const standing = (setting: PluginSetting) => (draft.get(setting.key) === null ? (setting.configured?.values ?? []) : setting.values).filter((value) => value !== HIDDEN)
  const valuesOf = (setting: PluginSetting) => draft.get(setting.key) ?? standing(setting)
  const goesBack = (setting: PluginSetting) => draft.get(setting.key) === null
  const changed = computed(() => (list.value ?? []).filter(({ key }) => draft.has(key)))
  const wrong = computed(() => changed.value.filter((setting) => !goesBack(setting) && isWrong(setting, valuesOf(setting))))

  const loading = useSubmit(async () => (list.value = (await api.settings(id)).config))
  const applying = useSubmit(async () => {
    const { plugin, result, reason } = await api.configure(id, Object.fromEntries(changed.value.map(({ key, type }) => [key, sent(type, draft.get(key) ?? null)])))
    await plugins.load()
    if (result === 'stored') toasts.say(reason ? t('admin.settingsStoredWhy', { name: id, reason }) : t('admin.settingsStored', { name: id }))
    else toasts.say(result === 'live' ? t('admin.settingsLive', { name: id, generation: plugin.generation }) : t('admin.unchanged', { name: id }))
    done.value = true
  })

  function set(setting: PluginSetting, values: string[]): void {
    if (setting.values.every((value) => value === HIDDEN) && values.every((value) => !value)) return void draft.delete(setting.key)
    const same = values.length === setting.values.length && values.every((value, index) => value === setting.values[index])
    if (same) draft.delete(setting.key)
    else draft.set(setting.key, values)
  }

  async function apply(): Promise<void> {
    looked.value = true
    if (!wrong.value.length && changed.value.length) await applying.submit()
  }

  function errorOf(setting: PluginSetting): string | null {
    const problem = applying.problem.value
    if (problem?.code === 'invalid_value' && problem.argument === setting.key) return wantedText(setting) || (problem.detail ?? applying.message.value)
    if (!looked.value || !wrong.value.includes(setting)) return null
    return wantedText(setting) || t('admin.wantsSomething')
  }

  /** What no field is at fault for. */
  const refusal = computed(() => {
    const problem = applying.problem.value ?? loading.problem.value
    if (!problem || (problem.code === 'invalid_value' && list.value?.some(({ key }) => key === problem.argument))) return null
    if (problem.code === 'plugin_refused') return t('admin.settingsRefused', { name: id, reason: problem.reason ?? problem.detail ?? '' })
    return applying.message.value ?? loading.message.value
  })

  void loading.submit()
  return {
    list, changed, done, refusal, busy: applying.busy, valuesOf, goesBack, set, apply, errorOf,
    goBack: ({ key }: PluginSetting) => draft.set(key, null),
    keep: ({ key }: PluginSetting) => draft.delete(key),
  }
}

function sent(type: PluginSetting['type'], values: string[] | null): string | string[] | null {
  if (values === null) return null
  return type === 'text_list' ? values.filter((value) => value.trim()) : (values[0] ?? '')
}
