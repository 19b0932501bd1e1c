import type { Ref } from 'vue'
import { useRooms } from '@/stores/rooms'
import { useSession } from '@/stores/session'
import type { Row } from '@/timeline/rows'
import { useMessageActions } from './useMessageActions'

/** Single keys on the message with the focus: r answers, + reacts, e edits an own one, Escape goes back to the field. */
export function useMessageKeys(rows: Ref<readonly Row[]>, active: Ref<string | null>, rowOf: (key: string) => HTMLElement | null | undefined) {
  const session = useSession()
  const rooms = useRooms()
  const actions = useMessageActions()

  function keydown(event: KeyboardEvent): void {
    const inField = event.target instanceof Element && event.target.matches('input, textarea')
    if (inField || event.ctrlKey || event.metaKey || event.altKey) return
    const row = rows.value.find((other) => other.key === active.value)
    const living = row?.kind === 'message' && !row.message.deleted ? row.message : null
    const message = living && !rooms.byUri.get(living.room)?.closed ? living : null
    if (event.key === 'Escape') document.getElementById('composer')?.focus()
    else if (event.key === 'r' && message) actions.reply(message)
    else if (event.key === '+' && message) rowOf(row?.key ?? '')?.querySelector<HTMLElement>('.actions .icon-button')?.click()
    else if (event.key === 'e' && message && message.author.name === session.me?.name) actions.edit(message)
    else return
    event.preventDefault()
  }

  return { keydown }
}
