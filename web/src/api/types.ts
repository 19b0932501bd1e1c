import type { components } from './schema'

/** The objects of docs/openapi.yaml by their short names; schema.d.ts is generated from it (`npm run types`). */
type Schemas = components['schemas']

export type User = Schemas['User']
export type Me = Schemas['Me']
export type Role = Schemas['Role']
export type RoomVisibility = Schemas['RoomVisibility']
export type Room = Schemas['Room']
export type Member = Schemas['Member']
export type Message = Schemas['Message']
export type Invocation = Schemas['Invocation']
export type Command = Schemas['Command']
export type CommandOption = Schemas['CommandOption']
export type SuggestedValue = Schemas['SuggestedValue']
export type Invite = Schemas['Invite']
export type Hit = Schemas['SearchHit']
export type Plugin = Schemas['Plugin']
export type RoomPlugin = Schemas['RoomPlugin']
export type RoomEvent = Schemas['RoomEvent']
export type Reaction = Schemas['Reaction']
export type Attachment = Schemas['Attachment']
export type Report = Schemas['Report']
export type UserSummary = Schemas['UserSummary']
export type RoomSummary = Schemas['RoomSummary']
export type AuditEntry = Schemas['AuditEntry']
export type Setting = Schemas['Setting']
export type ServerStatus = Schemas['Status']
export type PluginHistoryEntry = Schemas['PluginHistoryEntry']
export type PluginSetting = Schemas['PluginSetting']
export type PluginLogLine = Schemas['PluginLogLine']
export type StagedBuild = Schemas['StagedBuild']
export type AccessToken = Schemas['AccessToken']
export type OwnedToken = Schemas['OwnedToken']
export type InvocationSummary = Schemas['InvocationSummary']
export type Notify = Schemas['Notify']
export type MembershipEvent = Schemas['MembershipEvent']
export type RoomChangeEvent = Schemas['RoomChangeEvent']
export type CommandFailedEvent = Schemas['CommandFailedEvent']

export interface InvitePreview {
  room: Schemas['RoomName']
  created_by: string
}

export interface MessagePage {
  messages: Message[]
  has_before: boolean
  has_after: boolean
}

/** "offline" is ours: the server could not be asked. */
export type ProblemCode = Schemas['ProblemCode'] | 'offline'

/** RFC 9457, as far as Riposte fills it. */
export type Problem = Omit<Schemas['Problem'], 'type' | 'code' | 'title' | 'request_id'> & {
  code: ProblemCode
  title?: string
  request_id?: string
  reason?: string // why a plugin was refused
}
