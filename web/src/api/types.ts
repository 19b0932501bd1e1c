/** The objects of docs/protocol.md, as they travel. Times are milliseconds since 1970 UTC. */

export interface User {
  name: string
  display_name: string
  bot: boolean
  admin: boolean
}

export interface Me extends User {
  created_at: number
  locale: string
}

export type Role = 'owner' | 'moderator' | 'member'
export type RoomVisibility = 'public' | 'private'

export interface Room {
  uri: string
  kind: 'room' | 'direct'
  title: string
  visibility: RoomVisibility
  last_seq: number
  member_count: number
  role: Role | null
  last_read_seq: number
  unread: number
  mentions: number
  peer: User | null
}

export interface Member {
  user: User
  role: Role
  joined_at: number
  present: boolean
}

export interface Message {
  id: string
  room: string
  seq: number
  author: User
  text: string
  created_at: number
  edited_at: number | null
  deleted: boolean
  reply_to: string | null
  invocation: string | null
  client_msg_id: string | null
  state: 'posted' | 'streaming'
  command: boolean
}

export interface Reply {
  part: number
  text: string
}

export interface Invocation {
  id: string
  room: string
  message_id: string | null
  plugin: string
  command: string
  text: string
  state: 'queued' | 'running' | 'done' | 'failed'
  code: string | null
  detail: string
  created_at: number
  ended_at: number | null
  replies: Reply[]
}

export type OptionType = 'integer' | 'number' | 'text' | 'choice' | 'boolean' | 'user' | 'room' | 'duration'

export interface CommandOption {
  name: string
  type: OptionType
  required: boolean
  summary: string
  choices?: string[]
  minimum?: number | null
  maximum?: number | null
  default?: string | number | boolean | null
  rest: boolean
}

export interface Command {
  prefix: string
  aliases: string[]
  summary: string
  usage: string
  plugin: string
  audience: 'anyone' | 'moderator' | 'owner' | 'operator'
  visibility: 'room' | 'author'
  options: CommandOption[]
}

export interface Invite {
  id: string
  token?: string
  url: string
  created_by: string
  created_at: number
  expires_at: number | null
  uses_left: number | null
  uses: number
  revoked: boolean
}

export interface InvitePreview {
  room: { uri: string; title: string }
  created_by: string
}

export interface MessagePage {
  messages: Message[]
  has_before: boolean
  has_after: boolean
}

export interface Posted {
  message?: Message
  invocation?: Invocation
}

export interface Hit {
  message: Message
  room: string
  excerpt: string
}

export interface Plugin {
  id: string
  version: string
  generation: number
  state: string
  isolation: 'worker' | 'in-process'
  commands: string[]
  calls: number
  failed: number
  p50_ms: number | null
  p99_ms: number | null
  memory_bytes: number | null
  by: string
  reason: string
}

export interface ReloadResult {
  plugin: Plugin
  result: string
  step?: string
  reason?: string
}

/** RFC 9457, as far as Riposte fills it. */
export interface Problem {
  status: number
  code: string
  title?: string
  detail?: string
  request_id?: string
  argument?: string
  position?: number
  usage?: string
  suggestions?: string[]
  retry_after_s?: number
}
