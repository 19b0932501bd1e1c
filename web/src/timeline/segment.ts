import type { Message, MessagePage } from '@/api/types'

/** A contiguous stretch of a room's messages, ascending by seq: a window that slides over the history. */
export interface Segment {
  messages: readonly Message[]
  hasBefore: boolean
  hasAfter: boolean // true: newer messages exist that are not here, so live posts do not fit at the end
}

/** More than this and the far end is let go: it comes back by paging. Keeps the page quick on a phone. */
export const SEGMENT_LIMIT = 400
/** How much live posts let go of at once: each time, everything that stays is drawn again at another height. */
const LIVE_STEP = 50

export const EMPTY: Segment = { messages: [], hasBefore: false, hasAfter: false }

export function fromPage(page: MessagePage): Segment {
  return { messages: page.messages, hasBefore: page.has_before, hasAfter: page.has_after }
}

export function prepend(segment: Segment, page: MessagePage): Segment {
  const messages = merge(page.messages, segment.messages)
  const kept = messages.slice(0, SEGMENT_LIMIT)
  return { messages: kept, hasBefore: page.has_before, hasAfter: segment.hasAfter || kept.length < messages.length }
}

export function append(segment: Segment, page: MessagePage): Segment {
  const messages = merge(segment.messages, page.messages)
  const kept = messages.slice(-SEGMENT_LIMIT)
  return { messages: kept, hasBefore: segment.hasBefore || kept.length < messages.length, hasAfter: page.has_after }
}

/** A live post: at the end when the end is here, a replacement when it is known already, otherwise left to paging. */
export function post(segment: Segment, message: Message): Segment {
  if (segment.messages.some((known) => known.id === message.id)) return replace(segment, message)
  if (segment.hasAfter) return segment
  const messages = merge(segment.messages, [message])
  if (messages.length <= SEGMENT_LIMIT) return { ...segment, messages }
  return { messages: messages.slice(LIVE_STEP), hasBefore: true, hasAfter: false }
}

export function replace(segment: Segment, message: Message): Segment {
  return patch(segment, message.id, () => message)
}

export function patch(segment: Segment, id: string, change: (message: Message) => Message): Segment {
  const index = segment.messages.findIndex((message) => message.id === id)
  const old = segment.messages[index]
  if (!old) return segment
  const messages = segment.messages.slice()
  messages[index] = change(old)
  return { ...segment, messages }
}

export function tombstone(message: Message): Message {
  return { ...message, text: '', deleted: true, state: 'posted', reactions: [], attachments: [] }
}

/** Both ascending by seq; the same id once, in its later (fresher) version. */
function merge(older: readonly Message[], newer: readonly Message[]): Message[] {
  if ((older.at(-1)?.seq ?? -1) < (newer[0]?.seq ?? 0)) return [...older, ...newer]
  const byId = new Map<string, Message>()
  for (const message of [...older, ...newer]) byId.set(message.id, message)
  return [...byId.values()].sort((a, b) => a.seq - b.seq)
}
