import { hasText, text as t } from '@/i18n'

/** "probation 14/20", "needs grant: network": a word of the server's, and what follows it. */
export function stateText(state: string): string {
  const [, word = state, more = ''] = /^([a-z]+(?: [a-z]+)*)((?:: | ).*)?$/.exec(state) ?? []
  const key = `admin.states.${word.replace(/ /g, '_')}`
  return hasText(key) ? t(key) + more : state // one of a newer server
}

/** What a permission lets a plugin do. */
export function permissionText(name: string): string {
  const key = `admin.permission.${name}`
  return hasText(key) ? t(key) : t('admin.permissionOther')
}
