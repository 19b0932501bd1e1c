import { useDrafts } from '@/stores/drafts'
import { useOutbox } from '@/stores/outbox'
import { useSession } from '@/stores/session'
import { useToasts } from '@/stores/toasts'

/** Leaves nothing of the person in this browser; ChatPage goes to the sign-in page when the session is out. */
export function useSignOut() {
  const session = useSession()
  const drafts = useDrafts()
  const outbox = useOutbox()
  const toasts = useToasts()

  async function forget(name: string): Promise<void> {
    drafts.forgetAll(name)
    await outbox.forgetAll(name)
  }

  return {
    signOut: (everywhere = false) => session.signOut(everywhere, forget).catch(toasts.complain),
    /** Throws ApiProblem, for the field. */
    removeAccount: (password: string) => session.remove(password, forget),
  }
}
