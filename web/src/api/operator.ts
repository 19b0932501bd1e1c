import { answer, client } from './http'
import type { Plugin } from './types'

// What operators ask for; apart from rest.ts, so that nobody else fetches it.
export type DataChoice = 'keep' | 'restore'

const plugin = (id: string) => ({ params: { path: { id } } })

export const plugins = {
  list: () => answer(client.GET('/plugins')),
  reload: (id: string, force: boolean) => answer(client.POST('/plugins/{id}/reload', { ...plugin(id), body: { force } })),
  rollback: (id: string, data: DataChoice) => answer(client.POST('/plugins/{id}/rollback', { ...plugin(id), body: { data } })),
  log: (id: string) => answer(client.GET('/plugins/{id}/log', { params: { path: { id }, query: { limit: 1000 } } })),
  grant: (id: string, permission: string, given: boolean) =>
    answer(client.PUT('/plugins/{id}/grants', { ...plugin(id), body: { permission, given } })),
  alias: (id: string, prefix: string, alias: string) => answer(client.PUT('/plugins/{id}/alias', { ...plugin(id), body: { prefix, alias } })),
  bring: (file: File) =>
    answer(
      client.POST('/plugin-uploads', {
        body: '', // the file itself, in whose place the description has a text
        bodySerializer: () => file,
        headers: { 'Content-Type': 'application/octet-stream' },
      }),
    ),
  install: (hash: string) => answer(client.POST('/plugin-uploads/{hash}/install', { params: { path: { hash } } })),
  enable: (id: string) => answer(client.POST('/plugins/{id}/enable', plugin(id))),
  disable: (id: string) => answer(client.POST('/plugins/{id}/disable', plugin(id))),
  settings: (id: string) => answer(client.GET('/plugins/{id}/config', plugin(id))),
  configure: (id: string, values: Record<string, string | string[] | null>) => answer(client.PATCH('/plugins/{id}/config', { ...plugin(id), body: { values } })),
  presence: (id: string, rooms: Plugin['rooms']) => answer(client.PUT('/plugins/{id}/rooms', { ...plugin(id), body: { rooms } })),
  history: (id: string) => answer(client.GET('/plugins/{id}/history', plugin(id))),
  isolate: (id: string, isolation: Plugin['isolation']) => answer(client.PUT('/plugins/{id}/isolation', { ...plugin(id), body: { isolation } })),
}

/** A page of one of the operator's lists; `before` is the `next` of the page before. */
export interface Listing {
  text?: string
  before?: number
}

const at = (uri: string) => ({ params: { path: { uri } } })
const listing = (query: Listing) => ({ params: { query } })
const person = (name: string) => ({ params: { path: { name } } })

/** What only administrators may ask for. */
export const operator = {
  status: () => answer(client.GET('/operator/status')),
  settings: () => answer(client.GET('/operator/config')),
  audit: (query: Listing) => answer(client.GET('/operator/audit', listing(query))),
  invocations: (text: string) => answer(client.GET('/operator/invocations', { params: { query: { text } } })),
  tokens: (query: Listing) => answer(client.GET('/operator/tokens', listing(query))),
  revokeToken: (id: number) => answer(client.DELETE('/operator/tokens/{id}', { params: { path: { id } } })),
  users: (query: Listing) => answer(client.GET('/operator/users', listing(query))),
  disableUser: (name: string) => answer(client.POST('/operator/users/{name}/disable', person(name))),
  enableUser: (name: string) => answer(client.POST('/operator/users/{name}/enable', person(name))),
  removeUser: (name: string) => answer(client.DELETE('/operator/users/{name}', person(name))),
  resetLink: (name: string) => answer(client.POST('/operator/users/{name}/reset-link', person(name))),
  rooms: (query: Listing) => answer(client.GET('/operator/rooms', listing(query))),
  closeRoom: (uri: string) => answer(client.POST('/operator/rooms/{uri}/close', at(uri))),
  openRoom: (uri: string) => answer(client.POST('/operator/rooms/{uri}/open', at(uri))),
  reports: () => answer(client.GET('/operator/reports')),
  settleReport: (id: number) => answer(client.DELETE('/operator/reports/{id}', { params: { path: { id } } })),
  removeReported: (id: number) => answer(client.DELETE('/operator/reports/{id}/message', { params: { path: { id } } })),
}
