import { useLocalStorage } from '@vueuse/core'
import { defineStore } from 'pinia'
import { watch } from 'vue'
import { browserLocale, switchLocale, type Locale } from '@/i18n'

export type Theme = 'system' | 'light' | 'dark'

/** What this browser remembers about how Riposte should look. */
export const usePreferences = defineStore('preferences', () => {
  const theme = useLocalStorage<Theme>('riposte.theme', 'system')
  const locale = useLocalStorage<Locale>('riposte.locale', browserLocale())
  const membersOpen = useLocalStorage('riposte.members', true)
  const lastRoom = useLocalStorage<string>('riposte.room', '')

  watch(theme, (chosen) => {
    if (chosen === 'system') delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = chosen
  }, { immediate: true })

  async function setLocale(chosen: Locale): Promise<void> {
    await switchLocale(chosen)
    locale.value = chosen
  }

  return { theme, locale, membersOpen, lastRoom, setLocale }
})
