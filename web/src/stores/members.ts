import { defineStore } from 'pinia'
import { reactive } from 'vue'
import { members as api } from '@/api/rest'
import type { Member, MembershipEvent, Role } from '@/api/types'

/** Who is in each room that was looked at. */
export const useMembers = defineStore('members', () => {
  const byRoom = reactive(new Map<string, Member[]>())

  async function load(uri: string): Promise<void> {
    byRoom.set(uri, (await api.list(uri)).members)
  }

  function of(uri: string): readonly Member[] {
    return byRoom.get(uri) ?? []
  }

  function apply({ room, user, change, role, hears }: MembershipEvent): void {
    const known = byRoom.get(room)
    if (!known) return
    const others = known.filter((member) => member.user.name !== user.name)
    const old = known.find((member) => member.user.name === user.name)
    const gone = change === 'left' || change === 'removed'
    const now: Member = { user, role, joined_at: old?.joined_at ?? Date.now(), present: old?.present ?? false, hears: hears ?? old?.hears ?? false }
    byRoom.set(room, gone ? others : [...others, now])
  }

  async function add(uri: string, name: string): Promise<void> {
    await api.add(uri, name)
  }

  async function setRole(uri: string, name: string, role: Role): Promise<void> {
    await api.setRole(uri, name, role)
  }

  async function remove(uri: string, name: string): Promise<void> {
    await api.remove(uri, name)
  }

  return { byRoom, of, load, apply, add, setRole, remove, join: api.join }
})
