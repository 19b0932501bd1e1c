import type { Invocation } from '@/api/types'
import { useConnection } from '@/stores/connection'
import { useInvocations } from '@/stores/invocations'
import { useOutbox } from '@/stores/outbox'
import { useToasts } from '@/stores/toasts'

/** Stopping a command of mine, or running it once more. */
export function useInvocationActions() {
  const connection = useConnection()
  const invocations = useInvocations()
  const outbox = useOutbox()
  const toasts = useToasts()

  async function cancel(invocation: Invocation): Promise<void> {
    if (connection.send({ do: 'cancel', invocation: invocation.id })) return
    await invocations.cancel(invocation.id).catch(toasts.complain)
  }

  function again(invocation: Invocation): void {
    outbox.post(invocation.room, invocation.text, null)
  }

  return { cancel, again }
}
