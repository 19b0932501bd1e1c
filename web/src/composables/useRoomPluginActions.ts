import { useRoomPlugins } from '@/stores/roomPlugins'
import { useToasts } from '@/stores/toasts'

/** What an owner does with the plugins of a room. */
export function useRoomPluginActions(room: () => string) {
  const plugins = useRoomPlugins()
  const toasts = useToasts()

  const add = (plugin: string) => plugins.add(room(), plugin).catch(toasts.complain)
  const setHearing = (plugin: string, hears: boolean) => plugins.add(room(), plugin, hears).catch(toasts.complain)
  const remove = (plugin: string) => plugins.remove(room(), plugin).catch(toasts.complain)

  return { add, setHearing, remove }
}
