import { useTitle } from '@vueuse/core'
import { computed } from 'vue'
import { useRooms } from '@/stores/rooms'
import { roomTitle } from '@/text/names'

/** "(3) Tea and plans · Riposte" in the tab: what waits and calls me. */
export function useTitleBadge(currentRoom: () => string): void {
  const rooms = useRooms()
  useTitle(
    computed(() => {
      const room = rooms.byUri.get(currentRoom())
      const badge = rooms.calling > 0 ? `(${rooms.calling}) ` : ''
      return `${badge}${room ? `${roomTitle(room)} · ` : ''}Riposte`
    }),
  )
}
