import type { Locale } from '@/i18n'
import { useCatalogue } from '@/stores/catalogue'
import { usePreferences } from '@/stores/preferences'
import { useSession } from '@/stores/session'

/** Changes the language of the page, of the commands' summaries and of the account. */
export function useLanguage() {
  const preferences = usePreferences()
  const catalogue = useCatalogue()
  const session = useSession()

  async function choose(locale: Locale): Promise<void> {
    await preferences.setLocale(locale)
    await catalogue.refresh(catalogue.version)
    await session.update({ locale }).catch(() => undefined) // this browser keeps its choice in any case
  }

  return { choose }
}
