import { computed } from 'vue'
import { buildRows, keepRows, type Row } from '@/timeline/rows'
import { useInvocations } from '@/stores/invocations'
import { useOutbox } from '@/stores/outbox'
import { useSession } from '@/stores/session'
import { useTimelines } from '@/stores/timelines'

/** The rows of a room's timeline, from every store that has a say in it. */
export function useTimelineRows(room: string) {
  const session = useSession()
  const invocations = useInvocations()
  const timeline = useTimelines().of(room)
  const pending = useOutbox().of(room)

  const rows = computed<Row[]>((before) => {
    const { messages, hasBefore, hasAfter } = timeline.segment
    const now = buildRows({
      messages,
      hasBefore,
      privates: hasAfter ? [] : invocations.privatesOf(room),
      notices: hasAfter ? [] : timeline.notices,
      pending: hasAfter ? [] : pending.value,
      unreadAfter: timeline.unreadAfter,
      me: session.me?.name ?? '',
    })
    return keepRows(before ?? [], now)
  })
  return { timeline, rows }
}
