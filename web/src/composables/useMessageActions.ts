import { useRouter } from 'vue-router'
import type { Message } from '@/api/types'
import { useDrafts } from '@/stores/drafts'
import { useTimelines } from '@/stores/timelines'
import { useToasts } from '@/stores/toasts'
import { useUi } from '@/stores/ui'

/** What can be done with a message, by button or by key. */
export function useMessageActions() {
  const drafts = useDrafts()
  const timelines = useTimelines()
  const toasts = useToasts()
  const ui = useUi()
  const router = useRouter()

  function reply(message: Message): void {
    drafts.set(message.room, { replyTo: message.id })
    document.getElementById('composer')?.focus()
  }

  function edit(message: Message): void {
    ui.editing = message.id
  }

  async function remove(message: Message): Promise<void> {
    await timelines.remove(message.room, message.id).catch(toasts.complain)
  }

  function linkOf(message: Message): string {
    return new URL(router.resolve({ name: 'room', params: { uri: message.room, message: message.id } }).href, location.origin).href
  }

  return { reply, edit, remove, linkOf }
}
