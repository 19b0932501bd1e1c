import { onMounted, shallowRef } from 'vue'
import { operator, plugins } from '@/api/operator'
import type { PluginHistoryEntry, Setting } from '@/api/types'
import { useToasts } from '@/stores/toasts'
import { useListing } from './useListing'

/** What operators did on this server. */
export const useAudit = () =>
  useListing(async (query) => {
    const { audit, next } = await operator.audit(query)
    return { items: audit, next }
  })

/** Read once when the component is there; null until then. */
function useOnce<Value>(read: () => Promise<Value>) {
  const toasts = useToasts()
  const value = shallowRef<Value | null>(null)
  onMounted(() => read().then((found) => void (value.value = found), toasts.complain))
  return value
}

export const useSettings = () => useOnce<readonly Setting[]>(async () => (await operator.settings()).settings)

export const usePluginHistory = (id: string) => useOnce<readonly PluginHistoryEntry[]>(async () => (await plugins.history(id)).history)
