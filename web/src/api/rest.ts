import { answer, client } from './http'
import type { Notify, Role, RoomVisibility } from './types'

export interface SignUp {
  name: string
  password: string
  display_name?: string
  invite?: string
  link?: string
  locale?: string
}

export interface PageQuery {
  before?: number
  after?: number
  around?: string // a seq or a message's id
  limit?: number
}

const at = (uri: string) => ({ params: { path: { uri } } })

export const accounts = {
  signUp: (body: SignUp) => answer(client.POST('/users', { body })),
  signIn: (name: string, password: string) => answer(client.POST('/sessions', { body: { name, password } })),
  signOut: (all: boolean) => answer(client.DELETE('/sessions', { params: { query: { all } } })),
  me: () => answer(client.GET('/me')),
  update: (body: { display_name?: string; locale?: string }) => answer(client.PATCH('/me', { body })),
  remove: (password: string) => answer(client.DELETE('/me', { body: { password } })),
  changePassword: (old: string, next: string) => answer(client.PUT('/me/password', { body: { old, new: next } })),
  resetPassword: (token: string, password: string) =>
    answer(client.POST('/password-resets/{token}', { params: { path: { token } }, body: { password } })),
}

export const rooms = {
  directory: () => answer(client.GET('/rooms', { params: { query: { public: true } } })),
  get: (uri: string) => answer(client.GET('/rooms/{uri}', at(uri))),
  create: (title: string, visibility: RoomVisibility) => answer(client.POST('/rooms', { body: { title, visibility } })),
  direct: (name: string) => answer(client.POST('/rooms', { body: { direct: name } })),
  update: (uri: string, body: { title?: string; visibility?: RoomVisibility; slow_mode_s?: number }) => answer(client.PATCH('/rooms/{uri}', { ...at(uri), body })),
  notifications: (uri: string, body: { notify?: Notify; muted?: boolean }) => answer(client.PUT('/rooms/{uri}/notifications', { ...at(uri), body })),
  events: (uri: string, after: number) =>
    answer(client.GET('/rooms/{uri}/events', { params: { path: { uri }, query: { after, limit: 200 } } })),
}

export const members = {
  list: (uri: string) => answer(client.GET('/rooms/{uri}/members', at(uri))),
  join: (uri: string) => answer(client.POST('/rooms/{uri}/members', { ...at(uri), body: {} })),
  add: (uri: string, name: string) => answer(client.POST('/rooms/{uri}/members', { ...at(uri), body: { name } })),
  setRole: (uri: string, name: string, role: Role) => answer(client.POST('/rooms/{uri}/members', { ...at(uri), body: { name, role } })),
  remove: (uri: string, user: string) => answer(client.DELETE('/rooms/{uri}/members/{user}', { params: { path: { uri, user } } })),
}

export const roomPlugins = {
  list: (uri: string) => answer(client.GET('/rooms/{uri}/plugins', at(uri))),
  add: (uri: string, id: string, hears?: boolean) =>
    answer(client.PUT('/rooms/{uri}/plugins/{id}', { params: { path: { uri, id } }, body: { hears } })),
  remove: (uri: string, id: string) => answer(client.DELETE('/rooms/{uri}/plugins/{id}', { params: { path: { uri, id } } })),
}

export const invites = {
  list: (uri: string) => answer(client.GET('/rooms/{uri}/invites', at(uri))),
  create: (uri: string, body: { expires_in_s?: number; uses?: number }) =>
    answer(client.POST('/rooms/{uri}/invites', { ...at(uri), body })),
  revoke: (uri: string, id: number) => answer(client.DELETE('/rooms/{uri}/invites/{id}', { params: { path: { uri, id } } })),
  preview: (token: string) => answer(client.GET('/invites/{token}', { params: { path: { token } } })),
  accept: (token: string) => answer(client.POST('/invites/{token}', { params: { path: { token } } })),
}

export const messages = {
  page: (uri: string, query: PageQuery) => answer(client.GET('/rooms/{uri}/messages', { params: { path: { uri }, query } })),
  edit: (uri: string, id: string, text: string) =>
    answer(client.PATCH('/rooms/{uri}/messages/{id}', { params: { path: { uri, id } }, body: { text } })),
  remove: (uri: string, id: string) => answer(client.DELETE('/rooms/{uri}/messages/{id}', { params: { path: { uri, id } } })),
  react: (uri: string, id: string, emoji: string, on: boolean) => {
    const place = { params: { path: { uri, id, emoji } } }
    const path = '/rooms/{uri}/messages/{id}/reactions/{emoji}'
    return answer(on ? client.PUT(path, place) : client.DELETE(path, place))
  },
  report: (uri: string, id: string, reason: string) =>
    answer(client.POST('/rooms/{uri}/messages/{id}/report', { params: { path: { uri, id } }, body: { reason } })),
  search: (q: string, room?: string, before?: number) =>
    answer(client.GET('/search', { params: { query: { q, room, before, limit: 30 } } })),
}

export const reports = {
  list: (uri: string) => answer(client.GET('/rooms/{uri}/reports', at(uri))),
  settle: (uri: string, id: number) => answer(client.DELETE('/rooms/{uri}/reports/{id}', { params: { path: { uri, id } } })),
}

export const commands = {
  list: (language: string) => answer(client.GET('/commands', { headers: { 'Accept-Language': language } })),
  suggest: (uri: string, text: string, language: string) =>
    answer(client.GET('/rooms/{uri}/suggestions', { params: { path: { uri }, query: { text } }, headers: { 'Accept-Language': language } })),
  check: (text: string) => answer(client.POST('/commands/check', { body: { text } })),
  cancel: (id: string) => answer(client.POST('/invocations/{id}/cancel', { params: { path: { id } } })),
}
