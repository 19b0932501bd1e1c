import { useRouter } from 'vue-router'
import { useDrafts } from '@/stores/drafts'
import { useOutbox } from '@/stores/outbox'
import { useSession } from '@/stores/session'
import { useToasts } from '@/stores/toasts'

/** Leaves nothing of the person in this browser, and no store with their rooms in memory: the page starts anew. */
export function useSignOut() {
  const session = useSession()
  const drafts = useDrafts()
  const outbox = useOutbox()
  const toasts = useToasts()
  const router = useRouter()

  async function signOut(everywhere = false): Promise<void> {
    const name = session.me?.name ?? ''
    await session.signOut(everywhere).catch(toasts.complain)
    if (session.me) return
    drafts.forgetAll(name)
    await outbox.forgetAll(name)
    location.assign(router.resolve({ name: 'sign-in' }).href)
  }

  return { signOut }
}
