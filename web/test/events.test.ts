// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Hello, ServerEvent } from '@/api/events'
import type { Message } from '@/api/types'
import { eventHandlers } from '@/stores/events'
import { useInvocations } from '@/stores/invocations'
import { useOutbox } from '@/stores/outbox'
import { useRooms } from '@/stores/rooms'
import { useSession } from '@/stores/session'
import { useTimelines } from '@/stores/timelines'
import { RoomFeed } from '@/timeline/feed'
import { fromPage } from '@/timeline/segment'
import { ann, dice, invocation, page, post, room } from './build'

vi.mock(import('@/api/rest'), async (original) => ({
  ...(await original()),
  commands: { list: async () => ({ version: -1, commands: [] }), check: async () => undefined, suggest: async () => ({ option: null, values: [] }), cancel: async () => undefined },
}))

const tea = room('tea')
const hello = (change: Partial<Hello> = {}): Hello => ({
  event: 'hello', build: '1', me: { ...ann, created_at: 0, locale: 'en' }, rooms: [tea], invocations: [], catalogue_version: -1, present: {}, file_bytes: 1000, ...change,
})

let feed: RoomFeed
let receive: (event: ServerEvent) => void
let called: Message[]
const known = () => useRooms().byUri.get('tea')

beforeEach(() => {
  setActivePinia(createPinia())
  called = []
  feed = new RoomFeed({ apply: (event) => handle(event), fetchAfter: async () => ({ events: [], last_seq: 0 }) })
  const handle = eventHandlers(feed, { build: () => undefined, left: () => undefined, calls: (message) => called.push(message), limits: () => undefined })
  receive = (event) => ('seq' in event && event.event !== 'ack' ? feed.receive(event) : handle(event))
  receive(hello())
})

describe('what calls me', () => {
  const texts = () => called.map((message) => message.text)

  it('is a mention by default, and in the tab', () => {
    receive(post(11))
    receive(post(12, { text: '@ann, look' }))
    expect(texts()).toEqual(['@ann, look'])
    expect(useRooms().calling).toBe(1)
  })

  it('is every message of people where I want that', () => {
    receive({ event: 'my_room', room: room('tea', { notify: 'all' }) })
    receive(post(11))
    receive(post(12, { author: dice }))
    receive(post(13, { author: ann }))
    expect(texts()).toEqual(['text 11'])
    expect(useRooms().calling).toBe(1)
  })

  it('is nothing in a muted room, or where I want nothing', () => {
    receive({ event: 'my_room', room: room('tea', { notify: 'all', muted: true }) })
    receive(post(11, { text: '@ann, look' }))
    receive({ event: 'my_room', room: room('tea', { notify: 'none', last_seq: 11, unread: 1, mentions: 1 }) })
    receive(post(12, { text: '@ann, look' }))
    expect(texts()).toEqual([])
    expect(useRooms().calling).toBe(0)
  })

  it('is not what hello has told of already', () => {
    receive(hello({ rooms: [room('tea', { notify: 'all', last_seq: 11, unread: 1 })] }))
    receive(post(11))
    expect(texts()).toEqual([])
  })
})

describe('unread counts', () => {
  it('rise with what other people say, not with bots, oneself or a repetition', () => {
    receive(post(11))
    receive(post(11))
    receive(post(12, { author: dice }))
    receive(post(13, { author: ann }))
    receive(post(14, { text: 'what do you think, @ann?' }))
    expect(known()).toMatchObject({ unread: 2, mentions: 1, last_seq: 14 })
  })

  it('do not count twice what hello counted already', () => {
    receive(hello({ rooms: [{ ...tea, last_seq: 12, unread: 2 }] }))
    receive(post(11))
    receive(post(12))
    receive({ event: 'live' })
    receive(post(13))
    expect(known()?.unread).toBe(3)
  })

  it('come from the gap after a long absence, and the timeline knows it ends early', () => {
    const timeline = useTimelines().of('tea')
    timeline.segment = fromPage(page([9, 10]))
    timeline.state = 'ready'
    receive(hello({ rooms: [{ ...tea, last_seq: 400, unread: 128, mentions: 2 }] }))
    receive({ event: 'gap', room: 'tea', from: 10, to: 400, unread: 128, mentions: 2 })
    expect(known()).toMatchObject({ unread: 128, mentions: 2 })
    expect(timeline).toMatchObject({ segment: { hasAfter: true }, unreadAfter: 10 })
    receive(post(401))
    expect(feed.sequence.snapshot()).toEqual({ tea: 401 })
    expect(timeline.segment.messages).toHaveLength(2)
  })

  it('end when another window has read', () => {
    receive(post(11))
    receive({ event: 'read', room: 'tea', last_read_seq: 11 })
    expect(known()).toMatchObject({ unread: 0, last_read_seq: 11 })
  })
})

describe('a message of mine', () => {
  it('leaves the outbox when it arrives, even if its acknowledgement was lost', () => {
    useOutbox().post('tea', 'hello', null)
    const id = useOutbox().entries[0]?.client_msg_id ?? ''
    receive(post(11, { author: ann, client_msg_id: id }))
    expect(useOutbox().entries).toEqual([])
  })

  it('is not taken for one of another person with the same id', () => {
    useOutbox().post('tea', 'hello', null)
    receive(post(11, { client_msg_id: useOutbox().entries[0]?.client_msg_id ?? '' }))
    expect(useOutbox().entries).toHaveLength(1)
  })
})

describe('commands of mine', () => {
  it('that only I see become an exchange of their own', () => {
    useOutbox().post('tea', '/help', null)
    const id = useOutbox().entries[0]?.client_msg_id ?? ''
    receive({ event: 'ack', client_msg_id: id, room: 'tea', invocation: 'i1' })
    receive({ event: 'ephemeral', invocation: 'i1', room: 'tea', plugin: 'riposte', part: 1, text: 'two' })
    receive({ event: 'ephemeral', invocation: 'i1', room: 'tea', plugin: 'riposte', part: 0, text: 'one' })
    receive({ event: 'invocation', ...invocation('i1', { replies: [] }) })
    expect(useInvocations().privatesOf('tea')).toMatchObject([{ id: 'i1', state: 'done', replies: [{ text: 'one' }, { text: 'two' }] }])
  })

  it('that the server no longer knows have ended', () => {
    receive({ event: 'invocation', ...invocation('i1', { state: 'running' }) })
    receive(hello())
    expect(useInvocations().byId.get('i1')?.state).toBe('done')
  })
})

describe('rooms', () => {
  it('go when I am removed, and come when I join', () => {
    receive({ event: 'removed', room: 'tea', by: 'bo' })
    expect(known()).toBeUndefined()
    expect(feed.sequence.snapshot()).toEqual({})
    receive({ event: 'joined', room: { ...tea, last_seq: 20 } })
    expect(feed.sequence.snapshot()).toEqual({ tea: 20 })
  })

  it('are gone after hello does not name them', () => {
    receive(hello({ rooms: [] }))
    expect(useRooms().all).toEqual([])
  })

  it('know who is signed in', () => expect(useSession().me?.name).toBe('ann'))
})

describe('a room that an operator closes', () => {
  const change = (seq: number, closed: boolean): ServerEvent => ({
    event: 'room', room: 'tea', seq, title: tea.title, visibility: tea.visibility, slow_mode_s: 0, closed, actor: 'root',
  })

  it('is known as closed, and the line says so rather than that it was renamed', () => {
    const timeline = useTimelines().of('tea')
    timeline.segment = fromPage(page([9, 10]))
    timeline.state = 'ready'
    receive(change(11, true))
    expect(known()?.closed).toBe(true)
    receive(change(12, false))
    expect(known()?.closed).toBe(false)
    receive(change(13, false))
    expect(timeline.notices.map((notice) => notice.what)).toEqual(['closed', 'opened', 'name'])
  })
})
