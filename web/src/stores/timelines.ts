import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'
import { messages as api, type PageQuery } from '@/api/rest'
import type { RoomEvent, StreamChunk } from '@/api/events'
import type { Message, MessagePage } from '@/api/types'
import type { Place } from '@/composables/useScrollAnchor'
import { Changes, applyEvent } from '@/timeline/apply'
import { withReaction } from '@/timeline/reactions'
import type { Notice, RoomChange } from '@/timeline/rows'
import { EMPTY, append, fromPage, patch, prepend, replace, type Segment } from '@/timeline/segment'
import { grow } from '@/timeline/stream'

/** empty: nothing asked yet · failed: the first page could not be had */
export type TimelineState = 'empty' | 'loading' | 'ready' | 'failed'

export interface RoomTimeline {
  segment: Segment
  state: TimelineState
  paging: boolean
  unreadAfter: number | null
  notices: readonly Notice[]
  place: Place | null // where one was reading when one left the room
}

const PAGE = 50

/** The messages of the rooms that were looked at, kept true by events and paged in on demand. */
export const useTimelines = defineStore('timelines', () => {
  const byRoom = new Map<string, RoomTimeline>()
  const changes = new Changes()

  function of(room: string): RoomTimeline {
    const known = byRoom.get(room)
    if (known) return known
    const fresh = shallowReactive<RoomTimeline>({ segment: EMPTY, state: 'empty', paging: false, unreadAfter: null, notices: [], place: null })
    byRoom.set(room, fresh)
    return fresh
  }

  /** Loads a page and lays it over what events said meanwhile, so that neither loses to the other. */
  async function load(room: string, query: PageQuery, place: (segment: Segment, page: MessagePage) => Segment): Promise<void> {
    const timeline = of(room)
    const recording = changes.record(room)
    try {
      const page = await api.page(room, { limit: PAGE, ...query })
      timeline.segment = recording.reduce(applyEvent, place(timeline.segment, page))
      timeline.state = 'ready'
    } finally {
      changes.stop(room, recording)
    }
  }

  async function replaceBy(room: string, query: PageQuery): Promise<void> {
    const timeline = of(room)
    if (timeline.state !== 'ready') timeline.state = 'loading'
    await load(room, query, (_, page) => fromPage(page)).catch(() => {
      if (timeline.state !== 'ready') timeline.state = 'failed'
    })
  }

  /** Shows a room: from its first unread message, or from the newest; or as it was left. */
  async function open(room: string, unread: number, lastRead: number): Promise<void> {
    const timeline = of(room)
    timeline.unreadAfter = unread > 0 ? lastRead : null
    if (timeline.state === 'ready' && (timeline.place || !timeline.segment.hasAfter)) return
    await replaceBy(room, unread > 0 ? { around: String(lastRead) } : {})
  }

  async function page(room: string, direction: 'before' | 'after'): Promise<void> {
    const timeline = of(room)
    const { hasBefore, hasAfter } = timeline.segment
    const edgeOf = ({ messages }: Segment) => (direction === 'before' ? messages[0] : messages.at(-1))
    const edge = edgeOf(timeline.segment)
    if (timeline.paging || !edge || !(direction === 'before' ? hasBefore : hasAfter)) return
    timeline.paging = true
    const join = direction === 'before' ? prepend : append
    // One may have jumped elsewhere meanwhile: there, the page would leave a hole.
    await load(room, { [direction]: edge.seq }, (segment, page) => (edgeOf(segment)?.id === edge.id ? join(segment, page) : segment))
      .catch(() => undefined)
      .finally(() => (timeline.paging = false))
  }

  function apply(event: RoomEvent, what: RoomChange = 'name'): void {
    changes.note(event)
    const timeline = byRoom.get(event.room)
    if (!timeline || timeline.state === 'empty') return
    timeline.segment = applyEvent(timeline.segment, event)
    if (event.event === 'membership' || event.event === 'room')
      timeline.notices = [...timeline.notices, { seq: event.seq, at: Date.now(), event, what }].slice(-50)
  }

  /** Events were left out: what is here no longer reaches to the present. */
  function detach(room: string, from: number): void {
    const timeline = byRoom.get(room)
    if (!timeline || timeline.state !== 'ready') return
    timeline.segment = { ...timeline.segment, hasAfter: true }
    timeline.unreadAfter ??= from
  }

  function stream(chunk: StreamChunk): void {
    const timeline = byRoom.get(chunk.room)
    const message = timeline?.segment.messages.find((known) => known.id === chunk.message_id)
    if (!timeline || message?.state !== 'streaming') return
    const text = grow(message.text, chunk.offset, chunk.text)
    if (text === null) void refetch(chunk.room, chunk.message_id)
    else timeline.segment = patch(timeline.segment, message.id, (old) => ({ ...old, text }))
  }

  async function refetch(room: string, id: string): Promise<void> {
    const fresh = await fetchOne(room, id)
    if (fresh) of(room).segment = replace(of(room).segment, fresh)
  }

  async function fetchOne(room: string, id: string): Promise<Message | null> {
    const page = await api.page(room, { around: id, limit: 1 }).catch(() => null)
    return page?.messages.find((message) => message.id === id) ?? null
  }

  /** One message by id, wherever in the room it stands; null when it can't be had. */
  async function find(room: string, id: string): Promise<Message | null> {
    const here = byRoom.get(room)?.segment.messages.find((message) => message.id === id)
    return here ?? fetchOne(room, id)
  }

  /** Shown at once; taken back when the server says no. */
  async function react(message: Message, emoji: string, name: string, on: boolean): Promise<void> {
    const show = (added: boolean) => {
      const timeline = of(message.room)
      timeline.segment = patch(timeline.segment, message.id, (known) => withReaction(known, emoji, name, added))
    }
    show(on)
    await api.react(message.room, message.id, emoji, on).catch((error: unknown) => {
      show(!on)
      throw error
    })
  }

  function forget(room: string): void {
    byRoom.delete(room)
  }

  return {
    of, open, page, apply, detach, stream, find, forget,
    latest: (room: string) => replaceBy(room, {}),
    around: (room: string, id: string) => replaceBy(room, { around: id }),
    react,
    edit: api.edit,
    remove: api.remove,
    report: api.report,
  }
})
