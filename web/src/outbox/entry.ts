import type { Attachment, Problem } from '@/api/types'

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
  attachments: Attachment[]
  created_at: number
  state: OutboxState
  problem: Problem | null
}

/** Files make it no command. A leading ／ or 、 is a slash typed with a Chinese keyboard. Two make a literal slash. */
export function looksLikeCommand(entry: Pick<OutboxEntry, 'text' | 'as_text' | 'attachments'>): boolean {
  return !entry.as_text && entry.attachments.length === 0 && /^[/／、](?![/／、\s])/.test(entry.text)
}
