import type { Invocation, Message, Room, RoomEvent, User } from '@/api/types'
import type { OutboxEntry } from '@/outbox/entry'

/** Short builders, so that a test says only what matters to it. */
export const ann: User = { name: 'ann', display_name: 'Ann', bot: false, admin: false }
export const bo: User = { name: 'bo', display_name: 'Bo', bot: false, admin: false }
export const dice: User = { name: 'dice', display_name: 'dice', bot: true, admin: false }

export const NOON = new Date(2026, 4, 12, 12, 0).getTime()

export function message(seq: number, change: Partial<Message> = {}): Message {
  return {
    id: `m${seq}`, room: 'tea', seq, author: bo, text: `text ${seq}`, created_at: NOON + seq * 1000, edited_at: null, deleted: false,
    reply_to: null, invocation: null, client_msg_id: null, state: 'posted', command: false, ...change,
  }
}

export function room(uri: string, change: Partial<Room> = {}): Room {
  return {
    uri, kind: 'room', title: 'Tea', visibility: 'private', last_seq: 10, member_count: 2, role: 'member', last_read_seq: 10, unread: 0,
    mentions: 0, peer: null, notify: 'mentions', muted: false, slow_mode_s: 0, reports: 0, closed: false, ...change,
  }
}

export function post(seq: number, change: Partial<Message> = {}): Extract<RoomEvent, { event: 'post' }> {
  return { event: 'post', room: 'tea', seq, message: message(seq, change) }
}

export function page(seqs: number[], has_before = false, has_after = false) {
  return { messages: seqs.map((seq) => message(seq)), has_before, has_after }
}

export function entry(id: string, change: Partial<OutboxEntry> = {}): OutboxEntry {
  return {
    client_msg_id: id, order: Number(id.replace(/\D/g, '')), owner: 'ann', room: 'tea', text: `text ${id}`, reply_to: null, as_text: false, attachments: [],
    created_at: NOON, state: 'waiting', problem: null, ...change,
  }
}

export function invocation(id: string, change: Partial<Invocation> = {}): Invocation {
  return {
    id, room: 'tea', message_id: null, plugin: 'riposte', command: '/help', text: '/help', state: 'done', code: null, detail: '',
    created_at: NOON, ended_at: NOON, replies: [], ...change,
  }
}
