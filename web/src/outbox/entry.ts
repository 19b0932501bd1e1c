import type { Problem } from '@/api/types'

/**
 * waiting: its turn comes · sending: on its way · failed: the server said no · asking: a command that waited too long
 * while offline to be run without asking
 */
export type OutboxState = 'waiting' | 'sending' | 'failed' | 'asking'

/** One message that the server has not acknowledged yet. The same client_msg_id can never become two messages. */
export interface OutboxEntry {
  client_msg_id: string
  order: number // ascending in the order of writing
  owner: string
  room: string
  text: string
  reply_to: string | null
  as_text: boolean
  created_at: number
  state: OutboxState
  problem: Problem | null
}

/** A leading ／ or 、 is a slash typed with a Chinese keyboard. Two make a literal slash. */
export function looksLikeCommand(entry: Pick<OutboxEntry, 'text' | 'as_text'>): boolean {
  return !entry.as_text && /^[/／、](?![/／、\s])/.test(entry.text)
}
