import { defineStore } from 'pinia'
import { computed, reactive } from 'vue'
import { rooms as api } from '@/api/rest'
import type { Message, Room, RoomVisibility } from '@/api/types'
import { currentLocale } from '@/i18n'
import { mentionsName } from '@/text/mentions'
import { roomTitle } from '@/text/names'

/** The rooms I am in, with what is unread in each. */
export const useRooms = defineStore('rooms', () => {
  const byUri = reactive(new Map<string, Room>())
  const all = computed(() => [...byUri.values()].sort((a, b) => roomTitle(a).localeCompare(roomTitle(b), currentLocale())))
  const groups = computed(() => all.value.filter((room) => room.kind === 'room'))
  const directs = computed(() => all.value.filter((room) => room.kind === 'direct'))
  const unread = computed(() => all.value.reduce((sum, room) => sum + (room.kind === 'direct' ? room.unread : room.mentions), 0))

  function replaceAll(rooms: readonly Room[]): void {
    const now = new Set(rooms.map((room) => room.uri))
    for (const uri of byUri.keys()) if (!now.has(uri)) byUri.delete(uri)
    for (const room of rooms) byUri.set(room.uri, room)
  }

  function put(room: Room): void {
    byUri.set(room.uri, room)
  }

  function patch(uri: string, change: Partial<Room>): void {
    const room = byUri.get(uri)
    if (room) byUri.set(uri, { ...room, ...change })
  }

  /** Counts a post that the numbers from `hello` do not hold yet. Bots and oneself are never unread. */
  function count(message: Message, me: string): void {
    const room = byUri.get(message.room)
    if (!room || message.seq <= room.last_seq) return
    const unread = !message.author.bot && message.author.name !== me
    patch(room.uri, {
      last_seq: message.seq,
      unread: room.unread + Number(unread),
      mentions: room.mentions + Number(unread && mentionsName(message.text, me)),
    })
  }

  function advance(uri: string, seq: number): void {
    const room = byUri.get(uri)
    if (room && seq > room.last_seq) patch(uri, { last_seq: seq })
  }

  function countMembers(uri: string, change: number): void {
    const room = byUri.get(uri)
    if (room) patch(uri, { member_count: room.member_count + change })
  }

  /** Everything up to `seq` is read; `left` says how many unread ones stand after it, where that is known. */
  function read(uri: string, seq: number, left: { unread: number; mentions: number } | null): void {
    const room = byUri.get(uri)
    if (!room || seq <= room.last_read_seq) return
    const rest = seq >= room.last_seq ? { unread: 0, mentions: 0 } : (left ?? {})
    patch(uri, { last_read_seq: seq, ...rest })
  }

  /** Also gives the link of the invite that comes with a new room. */
  async function create(title: string, visibility: RoomVisibility): Promise<{ uri: string; link: string | null }> {
    const made = await api.create(title, visibility)
    put(made.room)
    return { uri: made.room.uri, link: 'invite' in made ? (made.invite?.url ?? null) : null }
  }

  async function openDirect(name: string): Promise<Room> {
    const { room } = await api.direct(name)
    put(room)
    return room
  }

  async function update(uri: string, change: { title?: string; visibility?: RoomVisibility }): Promise<void> {
    put(await api.update(uri, change))
  }

  return { byUri, all, groups, directs, unread, replaceAll, put, patch, count, countMembers, advance, read, create, openDirect, update }
})
