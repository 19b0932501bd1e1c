import { useSession } from '@/stores/session'
import { useTimelines } from '@/stores/timelines'
import { useToasts } from '@/stores/toasts'
import type { Message } from '@/api/types'

/** Giving emojis to messages and taking them back. */
export function useReactions() {
  const session = useSession()
  const timelines = useTimelines()
  const toasts = useToasts()

  function isMine(names: readonly string[]): boolean {
    return names.includes(session.me?.name ?? '')
  }

  async function toggle(message: Message, emoji: string): Promise<void> {
    const given = isMine(message.reactions?.find((reaction) => reaction.emoji === emoji)?.names ?? [])
    await timelines.react(message, emoji, session.me?.name ?? '', !given).catch(toasts.complain)
  }

  return { isMine, toggle }
}
