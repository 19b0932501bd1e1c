import { answer, client } from './http'

export const tokens = {
  list: () => answer(client.GET('/me/tokens')),
  create: (name: string, expiresInS: number | null) =>
    answer(client.POST('/me/tokens', { body: { name, ...(expiresInS ? { expires_in_s: expiresInS } : {}) } })),
  revoke: (id: number) => answer(client.DELETE('/me/tokens/{id}', { params: { path: { id } } })),
}
