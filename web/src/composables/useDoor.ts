import { ref, shallowRef } from 'vue'
import { members, rooms as api } from '@/api/rest'
import type { Room } from '@/api/types'
import { useRooms } from '@/stores/rooms'
import { useSubmit } from './useSubmit'

/** Looks whether a room that one is not in is open, and joins it. */
export function useDoor(uri: string) {
  const rooms = useRooms()
  const room = shallowRef<Room | null>(null)
  const closed = ref(false)

  async function look(): Promise<void> {
    const found = await api.get(uri).catch(() => null)
    room.value = found?.visibility === 'public' ? found : null
    closed.value = room.value === null
  }

  const joining = useSubmit(async () => {
    await members.join(uri)
    rooms.put(await api.get(uri))
  })

  return { room, closed, look, joining }
}
