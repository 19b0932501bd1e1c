import { defineStore } from 'pinia'
import { computed, reactive } from 'vue'
import { rooms as api } from '@/api/rest'
import type { Message, Notify, Room, RoomVisibility } from '@/api/types'
import { currentLocale } from '@/i18n'
import { mentionsName } from '@/text/mentions'
import { roomTitle } from '@/text/names'

/** The rooms I am in, with what is unread in each. */
export const useRooms = defineStore('rooms', () => {
  const byUri = reactive(new Map<string, Room>())
  const all = computed(() => [...byUri.values()].sort((a, b) => roomTitle(a).localeCompare(roomTitle(b), currentLocale())))
  const groups = computed(() => all.value.filter((room) => room.kind === 'room'))
  const directs = computed(() => all.value.filter((room) => room.kind === 'direct'))
  const calling = computed(() => all.value.reduce((sum, room) => sum + callsOf(room), 0))

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

  /** Counts a post that the numbers from `hello` do not hold yet; true when it calls me. Bots and oneself are never unread. */
  function count(message: Message, me: string): boolean {
    const room = byUri.get(message.room)
    if (!room || message.seq <= room.last_seq) return false
    const unread = !message.author.bot && message.author.name !== me
    const mention = unread && mentionsName(message.text, me)
    patch(room.uri, { last_seq: message.seq, unread: room.unread + Number(unread), mentions: room.mentions + Number(mention) })
    return unread && (mention || room.notify === 'all') && callsAtAll(room)
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

  async function setNotifications(uri: string, change: { notify?: Notify; muted?: boolean }): Promise<void> {
    put(await api.notifications(uri, change))
  }

  async function update(uri: string, change: { title?: string; visibility?: RoomVisibility; slow_mode_s?: number }): Promise<void> {
    put(await api.update(uri, change))
  }

  return { byUri, all, groups, directs, calling, setNotifications, replaceAll, put, patch, count, countMembers, advance, read, create, openDirect, update }
})

function callsAtAll(room: Room): boolean {
  return !room.muted && room.notify !== 'none'
}

/** How many messages wait that call me: the number on the room, in the tab's title. */
export function callsOf(room: Room): number {
  if (!callsAtAll(room)) return 0
  return room.notify === 'all' ? room.unread : room.mentions
}
