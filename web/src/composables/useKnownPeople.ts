import { computed } from 'vue'
import type { User } from '@/api/types'
import { useMembers } from '@/stores/members'
import { useRooms } from '@/stores/rooms'
import { useSession } from '@/stores/session'

/** Everybody met in a room so far, and those with whom there is a direct one. */
export function useKnownPeople() {
  const members = useMembers()
  const rooms = useRooms()
  const session = useSession()

  return computed((): User[] => {
    const met = new Map<string, User>()
    for (const list of members.byRoom.values()) for (const member of list) met.set(member.user.name, member.user)
    for (const room of rooms.directs) if (room.peer) met.set(room.peer.name, room.peer)
    met.delete(session.me?.name ?? '')
    return [...met.values()].sort((a, b) => a.name.localeCompare(b.name))
  })
}
