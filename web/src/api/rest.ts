import { request, segment } from './http'
import type { RoomEvent } from './events'
import type {
  Command, Hit, Invite, InvitePreview, Invocation, Me, Member, Message, MessagePage, Plugin, ReloadResult, Role, Room, RoomVisibility, User,
} from './types'

export interface SignUp {
  name: string
  password: string
  display_name?: string
  invite?: string
  link?: string
  locale?: string
}

export interface PageQuery {
  [key: string]: string | number | undefined
  before?: number
  after?: number
  around?: number | string
  limit?: number
}

export const accounts = {
  signUp: (body: SignUp) => request<{ user: User }>('POST', '/users', { body }),
  signIn: (name: string, password: string) => request<{ user: User }>('POST', '/sessions', { body: { name, password } }),
  signOut: (everywhere: boolean) => request<void>('DELETE', '/sessions', { query: everywhere ? { all: true } : {} }),
  me: () => request<Me>('GET', '/me'),
  update: (body: { display_name?: string; locale?: string }) => request<Me>('PATCH', '/me', { body }),
  remove: (password: string) => request<void>('DELETE', '/me', { body: { password } }),
  changePassword: (old: string, next: string) => request<void>('PUT', '/me/password', { body: { old, new: next } }),
  resetPassword: (token: string, password: string) =>
    request<void>('POST', `/password-resets/${segment(token)}`, { body: { password } }),
  invocations: () => request<{ invocations: Invocation[] }>('GET', '/me/invocations'),
  user: (name: string) => request<User>('GET', `/users/${segment(name)}`),
}

export const rooms = {
  mine: () => request<{ rooms: Room[] }>('GET', '/rooms'),
  directory: () => request<{ rooms: Room[] }>('GET', '/rooms', { query: { public: true } }),
  get: (uri: string) => request<Room>('GET', `/rooms/${segment(uri)}`),
  create: (title: string, visibility: RoomVisibility) =>
    request<{ room: Room; invite?: Invite }>('POST', '/rooms', { body: { title, visibility } }),
  direct: (name: string) => request<{ room: Room }>('POST', '/rooms', { body: { direct: name } }),
  update: (uri: string, body: { title?: string; visibility?: RoomVisibility }) =>
    request<Room>('PATCH', `/rooms/${segment(uri)}`, { body }),
  events: (uri: string, after: number) =>
    request<{ events: RoomEvent[]; last_seq: number }>('GET', `/rooms/${segment(uri)}/events`, { query: { after, limit: 200 } }),
}

export const members = {
  list: (uri: string) => request<{ members: Member[] }>('GET', `/rooms/${segment(uri)}/members`),
  join: (uri: string) => request<unknown>('POST', `/rooms/${segment(uri)}/members`, { body: {} }),
  add: (uri: string, name: string) => request<unknown>('POST', `/rooms/${segment(uri)}/members`, { body: { name } }),
  setRole: (uri: string, name: string, role: Role) =>
    request<unknown>('POST', `/rooms/${segment(uri)}/members`, { body: { name, role } }),
  remove: (uri: string, name: string) => request<void>('DELETE', `/rooms/${segment(uri)}/members/${segment(name)}`),
}

export const invites = {
  list: (uri: string) => request<{ invites: Invite[] }>('GET', `/rooms/${segment(uri)}/invites`),
  create: (uri: string, body: { expires_in_s?: number; uses?: number }) =>
    request<Invite>('POST', `/rooms/${segment(uri)}/invites`, { body }),
  revoke: (uri: string, id: string) => request<void>('DELETE', `/rooms/${segment(uri)}/invites/${segment(id)}`),
  preview: (token: string) => request<InvitePreview>('GET', `/invites/${segment(token)}`),
  accept: (token: string) => request<{ room: Room }>('POST', `/invites/${segment(token)}`, { body: {} }),
}

export const messages = {
  page: (uri: string, query: PageQuery) => request<MessagePage>('GET', `/rooms/${segment(uri)}/messages`, { query }),
  edit: (uri: string, id: string, text: string) =>
    request<Message>('PATCH', `/rooms/${segment(uri)}/messages/${segment(id)}`, { body: { text } }),
  remove: (uri: string, id: string) => request<void>('DELETE', `/rooms/${segment(uri)}/messages/${segment(id)}`),
  search: (q: string, room?: string, before?: number) =>
    request<{ hits: Hit[] }>('GET', '/search', { query: { q, room, before, limit: 30 } }),
}

export const commands = {
  list: (language: string) => request<{ version: number; commands: Command[] }>('GET', '/commands', { language }),
  cancel: (id: string) => request<void>('POST', `/invocations/${segment(id)}/cancel`, { body: {} }),
}

export const plugins = {
  list: () => request<{ plugins: Plugin[] }>('GET', '/plugins'),
  reload: (id: string, force: boolean) => request<ReloadResult>('POST', `/plugins/${segment(id)}/reload`, { body: { force } }),
  enable: (id: string) => request<Plugin>('POST', `/plugins/${segment(id)}/enable`, { body: {} }),
  disable: (id: string) => request<Plugin>('POST', `/plugins/${segment(id)}/disable`, { body: {} }),
  isolate: (id: string, isolation: Plugin['isolation']) =>
    request<Plugin>('PUT', `/plugins/${segment(id)}/isolation`, { body: { isolation } }),
}
