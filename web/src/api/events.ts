import type { Invocation, Me, Problem, Room, RoomEvent } from './types'

export type { RoomEvent } from './types'

export interface Hello {
  event: 'hello'
  build: string
  me: Me
  rooms: Room[]
  invocations: Invocation[]
  catalogue_version: number
  present: Record<string, string[]>
  file_bytes: number // of the largest upload; 0: none are taken
}

export interface Gap {
  event: 'gap'
  room: string
  from: number
  to: number
  unread: number
  mentions: number
}

export interface Ack {
  event: 'ack'
  client_msg_id: string
  id?: string
  seq?: number
  room: string
  invocation?: string
  repeated?: boolean
}

export interface Ephemeral {
  event: 'ephemeral'
  invocation: string
  room: string
  plugin: string
  part: number
  text: string
}

export interface StreamChunk {
  event: 'stream'
  room: string
  message_id: string
  offset: number // bytes of UTF-8
  text: string
}

export type SocketProblem = Problem & { event: 'problem'; ref?: string; client_msg_id?: string }

export type ServerEvent =
  | RoomEvent
  | Hello
  | Gap
  | Ack
  | Ephemeral
  | StreamChunk
  | SocketProblem
  | ({ event: 'invocation' } & Invocation)
  | { event: 'live' }
  | { event: 'done'; ref?: string }
  | { event: 'pong' }
  | { event: 'read'; room: string; last_read_seq: number }
  | { event: 'typing'; room: string; names: string[] }
  | { event: 'presence'; room: string; joined: string[]; left: string[] }
  | { event: 'joined'; room: Room }
  | { event: 'my_room'; room: Room }
  | { event: 'removed'; room: string; by: string }
  | { event: 'catalogue'; version: number }
  | { event: 'bye'; reason: 'restart' | 'slow' | 'signed_out'; retry_after_ms?: number }

export type ClientAction =
  | { do: 'hello'; rooms: Record<string, number>; locale: string; time_zone: string }
  | { do: 'post'; room: string; client_msg_id: string; text: string; reply_to?: string; as_text?: boolean; attachments?: string[] }
  | { do: 'edit'; room: string; id: string; text: string; ref: string }
  | { do: 'delete'; room: string; id: string; ref: string }
  | { do: 'react'; room: string; id: string; emoji: string; on: boolean; ref: string }
  | { do: 'read'; room: string; seq: number }
  | { do: 'typing'; room: string }
  | { do: 'cancel'; invocation: string }
  | { do: 'ping' }
