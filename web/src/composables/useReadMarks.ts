import { useDebounceFn, useEventListener } from '@vueuse/core'
import { watch, type Ref } from 'vue'
import { useConnection } from '@/stores/connection'
import { useRooms } from '@/stores/rooms'
import { useSession } from '@/stores/session'
import type { RoomTimeline } from '@/stores/timelines'
import { mentionsName } from '@/text/mentions'

interface View {
  timeline: RoomTimeline
  rows: Ref<readonly unknown[]>
  atBottom: Ref<boolean>
  lastVisible: () => HTMLElement | undefined
}

/** Marks as read what was on screen while the window had the focus, and nothing else. */
export function useReadMarks(room: string, scroller: Ref<HTMLElement | null>, view: View): void {
  const rooms = useRooms()
  const connection = useConnection()
  const session = useSession()

  const mark = useDebounceFn(() => {
    const known = rooms.byUri.get(room)
    if (!known || document.hidden || !document.hasFocus() || view.timeline.state !== 'ready') return
    const seq = view.atBottom.value ? known.last_seq : Number(view.lastVisible()?.dataset.seq ?? 0)
    if (seq > known.last_read_seq && connection.send({ do: 'read', room, seq })) rooms.read(room, seq, leftAfter(seq))
  }, 250, { maxWait: 1000 })

  function leftAfter(seq: number) {
    if (view.timeline.segment.hasAfter) return null
    const me = session.me?.name ?? ''
    const left = view.timeline.segment.messages.filter(
      (message) => message.seq > seq && !message.author.bot && message.author.name !== me && !message.deleted,
    )
    return { unread: left.length, mentions: left.filter((message) => mentionsName(message.text, me)).length }
  }

  useEventListener(scroller, 'scroll', mark, { passive: true })
  useEventListener(window, 'focus', mark)
  useEventListener(document, 'visibilitychange', mark)
  watch([view.rows, () => view.timeline.state, () => connection.state], mark, { flush: 'post', immediate: true })
}
