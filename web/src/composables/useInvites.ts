import { ref, shallowRef } from 'vue'
import { invites as api } from '@/api/rest'
import type { Invite } from '@/api/types'
import { text as t } from '@/i18n'
import { useToasts } from '@/stores/toasts'

/** The invite links of a room. */
export function useInvites(room: string) {
  const toasts = useToasts()
  const open = shallowRef<readonly Invite[]>([])
  const link = ref<string | null>(null)

  async function load(): Promise<void> {
    const answer = await api.list(room).catch(() => null)
    open.value = (answer?.invites ?? []).filter((invite) => !invite.revoked && invite.uses_left !== 0 && !isOver(invite))
  }

  async function make(expiresInS: number | null, uses: number | null): Promise<void> {
    const made = await api.create(room, {
      ...(expiresInS ? { expires_in_s: expiresInS } : {}),
      ...(uses ? { uses } : {}),
    })
    link.value = made.url ?? null
    await load()
  }

  async function revoke(id: number): Promise<void> {
    await api.revoke(room, id).then(() => toasts.say(t('room.inviteRevoked')), toasts.complain)
    await load()
  }

  return { open, link, load, make, revoke }
}

function isOver(invite: Invite): boolean {
  return invite.expires_at !== null && invite.expires_at < Date.now()
}
