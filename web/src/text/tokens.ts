import type { AccessToken } from '@/api/types'
import { ago, shortDate } from '@/i18n/dates'
import { text as t } from '@/i18n'

export const isExpired = ({ expires_at }: AccessToken, now: number) => expires_at !== null && expires_at <= now

/** "made 2 days ago · last used 5 minutes ago · until 28 Feb" */
export function tokenLine(token: AccessToken, now: number): string {
  return [
    t('tokens.created', { when: ago(token.created_at, now) }),
    token.last_used === null ? t('tokens.unused') : t('tokens.used', { when: ago(token.last_used, now) }),
    token.expires_at === null ? t('tokens.noEnd') : t('tokens.until', { date: shortDate(token.expires_at) }),
  ].join(' · ')
}
