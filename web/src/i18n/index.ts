import { createI18n } from 'vue-i18n'
import type { Messages, TextKey } from './en'

export type { TextKey } from './en'
export type Locale = 'en' | 'zh-CN'
export const LOCALES: Record<Locale, string> = { en: 'English', 'zh-CN': '简体中文' }

/** Only the language that is read is fetched. */
const LOADERS: Record<Locale, () => Promise<Messages>> = {
  en: async () => (await import('./en')).en,
  'zh-CN': async () => (await import('./zh-CN')).zhCN,
}

/** What is rarely opened: fetched with the pages and dialogs that show it, and merged with what is there. */
const EXTRAS = {
  admin: {
    en: async () => ({ admin: (await import('./admin-en')).adminEn }),
    'zh-CN': async () => ({ admin: (await import('./admin-zh-CN')).adminZhCN }),
  },
  tokens: {
    en: async () => ({ tokens: (await import('./tokens-en')).tokensEn }),
    'zh-CN': async () => ({ tokens: (await import('./tokens-zh-CN')).tokensZhCN }),
  },
  settings: {
    en: () => import('./settings-en').then(({ settingsEn, helpEn }) => ({ account: settingsEn, help: helpEn })),
    'zh-CN': () => import('./settings-zh-CN').then(({ settingsZhCN, helpZhCN }) => ({ account: settingsZhCN, help: helpZhCN })),
  },
}
export type Extra = keyof typeof EXTRAS
const wanted = new Set<Extra>()

type Named = Record<string, string | number>

export const i18n = createI18n({
  legacy: false,
  locale: 'en',
  fallbackLocale: false, // each language has every key
  messages: {} as Record<string, Messages>,
})

/** The text of a key in the current language; `count` also chooses the plural. Reactive. */
export function text(key: TextKey, named: Named = {}): string {
  return i18n.global.t(key, named, typeof named.count === 'number' ? named.count : 1)
}

export function hasText(key: string): key is TextKey {
  return i18n.global.te(key, currentLocale())
}

export function currentLocale(): Locale {
  return i18n.global.locale.value as Locale
}

/** Chinese of any kind reads simplified Chinese better than English. */
export function browserLocale(languages: readonly string[] = navigator.languages): Locale {
  const first = languages.find((language) => /^(en|zh)/i.test(language))
  return first?.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en'
}

export async function switchLocale(locale: Locale): Promise<void> {
  if (!i18n.global.availableLocales.includes(locale)) i18n.global.setLocaleMessage(locale, await LOADERS[locale]())
  await Promise.all([...wanted].map((extra) => add(extra, locale)))
  i18n.global.locale.value = locale
  document.documentElement.lang = locale
}

/** Before a page with these texts is shown. */
export async function loadTexts(...extras: Extra[]): Promise<void> {
  for (const extra of extras) wanted.add(extra)
  await Promise.all(extras.map((extra) => add(extra, currentLocale())))
}

async function add(extra: Extra, locale: Locale): Promise<void> {
  i18n.global.mergeLocaleMessage(locale, await EXTRAS[extra][locale]())
}
