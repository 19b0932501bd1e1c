import { computed } from 'vue'
import { useRooms } from '@/stores/rooms'

/** Whether an operator has closed the room: then nothing in it invites to write, react or edit. */
export function useReadOnly(room: () => string) {
  const rooms = useRooms()
  return computed(() => rooms.byUri.get(room())?.closed ?? false)
}
