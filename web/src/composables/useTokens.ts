import { onMounted, ref, shallowRef } from 'vue'
import { operator } from '@/api/operator'
import { tokens as api } from '@/api/tokens'
import type { AccessToken, OwnedToken } from '@/api/types'
import { text as t } from '@/i18n'
import { useToasts } from '@/stores/toasts'
import { useListing } from './useListing'

/** My own; `made` is the only moment at which one can be read. */
export function useTokens() {
  const toasts = useToasts()
  const list = shallowRef<readonly AccessToken[] | null>(null)
  const made = ref<string | null>(null)

  async function load(): Promise<void> {
    await api.list().then(({ tokens }) => void (list.value = tokens), toasts.complain)
  }

  async function make(name: string, expiresInS: number | null): Promise<void> {
    made.value = (await api.create(name, expiresInS)).token
    await load()
  }

  async function revoke(token: AccessToken): Promise<void> {
    await api.revoke(token.id).then(() => toasts.say(t('tokens.revoked', { name: token.name })), toasts.complain)
    await load()
  }

  onMounted(load)
  return { list, made, make, revoke }
}

/** Everybody's, for operators. */
export function useAllTokens() {
  const toasts = useToasts()
  const listing = useListing(async (query) => {
    const { tokens, next } = await operator.tokens(query)
    return { items: tokens, next }
  })

  async function revoke(token: OwnedToken): Promise<void> {
    await operator.revokeToken(token.id).then(() => toasts.say(t('tokens.revoked', { name: token.name })), toasts.complain)
    await listing.load()
  }

  return { ...listing, revoke }
}
