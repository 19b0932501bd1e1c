import { defineStore } from 'pinia'
import { reactive } from 'vue'
import { members as api } from '@/api/rest'
import type { RoomEvent } from '@/api/events'
import type { Member, Role } from '@/api/types'

/** Who is in each room that was looked at. */
export const useMembers = defineStore('members', () => {
  const byRoom = reactive(new Map<string, Member[]>())

  async function load(uri: string): Promise<void> {
    byRoom.set(uri, (await api.list(uri)).members)
  }

  function of(uri: string): readonly Member[] {
    return byRoom.get(uri) ?? []
  }

  /** Somebody new is fetched with the whole list: the event has only the name. */
  async function apply(event: Extract<RoomEvent, { event: 'membership' }>): Promise<void> {
    const known = byRoom.get(event.room)
    if (!known) return
    const role = event.role
    if (event.change === 'joined' || !role) await (event.change === 'joined' ? load(event.room).catch(() => undefined) : drop(event.room, event.user))
    else byRoom.set(event.room, known.map((member) => (member.user.name === event.user ? { ...member, role } : member)))
  }

  function drop(uri: string, name: string): void {
    byRoom.set(uri, of(uri).filter((member) => member.user.name !== name))
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
