import { i18n } from '@/i18n'
import { adminEn } from '@/i18n/admin-en'
import { en } from '@/i18n/en'
import { helpEn, settingsEn } from '@/i18n/settings-en'
import { tokensEn } from '@/i18n/tokens-en'

// The page fetches its language before it is drawn; tests read English.
i18n.global.setLocaleMessage('en', { ...en, admin: adminEn, tokens: tokensEn, account: { ...en.account, ...settingsEn }, help: { ...en.help, ...helpEn } })
