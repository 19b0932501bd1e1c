import { useMembers } from '@/stores/members'
import { nameOf } from '@/text/names'

/** How a member of the room is shown; by the name itself when the person is not known here. */
export function useDisplayNames(room: () => string): (name: string) => string {
  const members = useMembers()
  return (name) => {
    const member = members.of(room()).find((known) => known.user.name === name)
    return member ? nameOf(member.user) : name
  }
}
