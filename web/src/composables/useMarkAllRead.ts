import { computed } from 'vue'
import { useConnection } from '@/stores/connection'
import { useRooms } from '@/stores/rooms'

/** Reads everything at once, for who comes back to too much. */
export function useMarkAllRead() {
  const rooms = useRooms()
  const connection = useConnection()
  const anyUnread = computed(() => rooms.all.some((room) => room.unread > 0))

  function markAll(): void {
    for (const room of rooms.all)
      if (room.unread && connection.send({ do: 'read', room: room.uri, seq: room.last_seq })) rooms.read(room.uri, room.last_seq, null)
  }

  return { anyUnread, markAll }
}
