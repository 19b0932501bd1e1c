import type { PluginSetting } from '@/api/types'
import { currentLocale, text as t } from '@/i18n'

/** In place of a secret, and of what is in a file or variable. */
export const HIDDEN = '(hidden)'

/** Where a value of the configuration came from. */
export function placeText(source: string): string {
  if (source === 'default') return t('admin.fromDefault')
  const [, variable] = /^environment (.+)$/.exec(source) ?? []
  return variable ? t('admin.fromEnvironment', { name: variable }) : t('admin.fromFile', { place: source })
}

/** "Set by alice, web", "From riposte.toml:3" */
export function originText(setting: PluginSetting): string {
  return setting.configured ? t('admin.setBy', { who: setting.source }) : placeText(setting.source)
}

/** "1 (Default of the plugin)" */
export function standText({ values, source }: { values: readonly string[]; source: string }): string {
  return values.length ? t('admin.placed', { value: valueText(values), place: placeText(source) }) : t('admin.notSet')
}

export function valueText(values: readonly string[]): string {
  if (!values.length) return t('admin.notSet')
  return values.map((value) => (value === HIDDEN ? t('admin.hidden') : value)).join(', ')
}

/** What a value must look like; empty where anything goes. */
export function wantedText({ type, minimum, maximum }: PluginSetting): string {
  const bounds = boundsText(minimum, maximum)
  if (type === 'integer') return bounds ? t('admin.wantsIntegerIn', { bounds }) : t('admin.wantsInteger')
  if (type === 'number') return bounds ? t('admin.wantsNumberIn', { bounds }) : t('admin.wantsNumber')
  if (type === 'duration') return t('admin.wantsDuration')
  if (type === 'text_list') return t('admin.wantsLines')
  return ''
}

function boundsText(minimum?: number, maximum?: number): string {
  const shown = (value: number) => new Intl.NumberFormat(currentLocale()).format(value)
  if (minimum !== undefined && maximum !== undefined) return t('admin.between', { minimum: shown(minimum), maximum: shown(maximum) })
  if (minimum !== undefined) return t('admin.atLeast', { minimum: shown(minimum) })
  return maximum === undefined ? '' : t('admin.atMost', { maximum: shown(maximum) })
}

/** Whether a value can be seen to be wrong before the server is asked. */
export function isWrong({ type, minimum = -Infinity, maximum = Infinity, required }: PluginSetting, values: readonly string[]): boolean {
  const [value = ''] = values
  if (type === 'text_list' || type === 'text') return required && !values.some((each) => each.trim())
  if (type !== 'integer' && type !== 'number') return !value.trim()
  const number = value.trim() === '' ? NaN : Number(value)
  return !Number.isFinite(number) || number < minimum || number > maximum || (type === 'integer' && !/^[+-]?\d+$/.test(value.trim()))
}
