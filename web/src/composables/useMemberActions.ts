import { useRouter } from 'vue-router'
import type { Role } from '@/api/types'
import { useMembers } from '@/stores/members'
import { useRooms } from '@/stores/rooms'
import { useToasts } from '@/stores/toasts'

/** What an owner or moderator does with a member, and anybody's direct message. */
export function useMemberActions(room: () => string) {
  const members = useMembers()
  const rooms = useRooms()
  const toasts = useToasts()
  const router = useRouter()

  async function talk(name: string): Promise<void> {
    const opened = await rooms.openDirect(name).catch(toasts.complain)
    if (opened) await router.push({ name: 'room', params: { uri: opened.uri } })
  }

  async function setRole(name: string, role: Role): Promise<void> {
    await members.setRole(room(), name, role).catch(toasts.complain)
  }

  async function remove(name: string): Promise<void> {
    await members.remove(room(), name).catch(toasts.complain)
  }

  return { talk, setRole, remove }
}
