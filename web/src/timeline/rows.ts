import type { Invocation, MembershipEvent, Message, RoomChangeEvent } from '@/api/types'
import type { OutboxEntry } from '@/outbox/entry'

/** What of a room has changed, as far as a line tells it. */
export type RoomChange = 'name' | 'slow-mode' | 'closed' | 'opened'

/** Something small that happened in the room while this page was open. */
export interface Notice {
  seq: number
  at: number
  event: MembershipEvent | RoomChangeEvent
  what: RoomChange
}

export type Row =
  | { kind: 'day'; key: string; at: number }
  | { kind: 'unread'; key: string }
  | { kind: 'message'; key: string; message: Message; continues: boolean }
  | { kind: 'private'; key: string; invocation: Invocation }
  | { kind: 'notice'; key: string; notice: Notice }
  | { kind: 'pending'; key: string; entry: OutboxEntry; continues: boolean }

export interface RowSources {
  messages: readonly Message[]
  hasBefore?: boolean // older messages are not here: nor is what stands between them
  privates: readonly Invocation[] // author-only commands: shown to their author, between the messages of their time
  notices: readonly Notice[]
  pending: readonly OutboxEntry[]
  unreadAfter: number | null // the seq after which the "new" line stands
  me: string
}

const GROUP_WITHIN_MS = 5 * 60_000

/** Messages and what stands between them, as one flat list. Pure: the same sources give the same rows. */
export function buildRows(sources: RowSources): Row[] {
  const rows: Row[] = []
  const asides = asidesOf(sources)
  let previous: Message | null = null
  let unreadShown = sources.unreadAfter === null
  for (const message of sources.messages) {
    while (asides[0] && asides[0].at < message.created_at) previous = flush(rows, asides)
    const dayBegins = !sameDay(lastTime(rows), message.created_at)
    if (dayBegins) rows.push({ kind: 'day', key: `day-${message.id}`, at: message.created_at })
    const unreadBegins = !unreadShown && message.seq > (sources.unreadAfter ?? 0) && message.author.name !== sources.me
    if (unreadBegins) rows.push({ kind: 'unread', key: 'unread' })
    unreadShown ||= unreadBegins
    const continues = !dayBegins && !unreadBegins && follows(previous, message.author.name, message.created_at) && !message.reply_to
    rows.push({ kind: 'message', key: keyOf(message), message, continues })
    previous = message
  }
  while (asides.length) previous = flush(rows, asides)
  pushPending(rows, sources, previous)
  return rows
}

/** `now`, with each row that is as it was `before` being that very object: what shows it need not look again. */
export function keepRows(before: readonly Row[], now: readonly Row[]): Row[] {
  const known = new Map(before.map((row) => [row.key, row]))
  return now.map((row) => {
    const old = known.get(row.key)
    return old && isSame(old, row) ? old : row
  })
}

function isSame(one: Row, other: Row): boolean {
  return (Object.keys(one) as (keyof Row)[]).every((key) => one[key] === other[key])
}

/** Own messages keep the key they had while they were being sent, so that their element stays. */
export function keyOf(message: Message): string {
  return message.client_msg_id ? sendingKey(message.author.name, message.client_msg_id) : message.id
}

/** Ids of sending are unique per person only. */
function sendingKey(author: string, id: string): string {
  return `${author}/${id}`
}

type Aside = { at: number; row: Row }

function asidesOf(sources: RowSources): Aside[] {
  const first = sources.hasBefore ? (sources.messages[0]?.created_at ?? 0) : 0
  return [
    ...sources.privates.map((invocation): Aside => ({
      at: invocation.created_at,
      row: { kind: 'private', key: `private-${invocation.id}`, invocation },
    })),
    ...sources.notices.map((notice): Aside => ({ at: notice.at, row: { kind: 'notice', key: `notice-${notice.seq}`, notice } })),
  ]
    .filter((aside) => aside.at >= first)
    .sort((a, b) => a.at - b.at)
}

function flush(rows: Row[], asides: Aside[]): null {
  const aside = asides.shift()
  if (aside) rows.push(aside.row)
  return null
}

function pushPending(rows: Row[], sources: RowSources, last: Message | null): void {
  let before = last ? { name: last.author.name, at: last.created_at } : null
  for (const entry of sources.pending) {
    const continues = before?.name === sources.me && entry.created_at - before.at < GROUP_WITHIN_MS && !entry.reply_to
    rows.push({ kind: 'pending', key: sendingKey(sources.me, entry.client_msg_id), entry, continues })
    before = { name: sources.me, at: entry.created_at }
  }
}

function follows(previous: Message | null, author: string, at: number): boolean {
  return previous !== null && !previous.deleted && previous.author.name === author && at - previous.created_at < GROUP_WITHIN_MS
}

function lastTime(rows: readonly Row[]): number | null {
  for (let i = rows.length - 1; i >= 0; i--) {
    const row = rows[i]
    if (row?.kind === 'message') return row.message.created_at
  }
  return null
}

function sameDay(a: number | null, b: number): boolean {
  return a !== null && new Date(a).toDateString() === new Date(b).toDateString()
}
