import { useMediaQuery } from '@vueuse/core'
import { computed } from 'vue'
import { usePreferences } from '@/stores/preferences'
import { useUi } from '@/stores/ui'

/** The list of members: a column that is remembered where there is room for it, a passing drawer elsewhere. */
export function useMembersPanel() {
  const preferences = usePreferences()
  const ui = useUi()
  const wide = useMediaQuery('(min-width: 1024px)')

  const open = computed({
    get: () => (wide.value ? preferences.membersOpen : ui.drawer),
    set: (value: boolean) => {
      if (wide.value) preferences.membersOpen = value
      else ui.drawer = value
    },
  })
  return { open, wide }
}
