import { nextTick, onBeforeUnmount, onMounted, ref, watch, type Ref } from 'vue'
import { useTimelines } from '@/stores/timelines'
import { keyOf } from '@/timeline/rows'
import { useScrollAnchor } from './useScrollAnchor'
import { useTimelineRows } from './useTimelineRows'

const PAGE_AHEAD = 1.5 // screens: the next page is asked for before its edge comes into view

export interface TimelineTarget {
  unread: () => number
  lastRead: () => number
  message: () => string | undefined // a permalink
}

/** What a room's timeline shows and where it stands: opening, paging, jumping. */
export function useTimelineView(room: string, scroller: Ref<HTMLElement | null>, list: Ref<HTMLElement | null>, target: TimelineTarget) {
  const timelines = useTimelines()
  const { timeline, rows } = useTimelineRows(room)
  const anchor = useScrollAnchor(scroller, list, () => !timeline.segment.hasAfter)
  const marked = ref<string | null>(null) // the row a permalink leads to

  watch(rows, anchor.capture, { flush: 'pre' })
  watch(rows, () => {
    anchor.restore()
    pageIfNear()
  }, { flush: 'post' })

  function pageIfNear(): void {
    const view = scroller.value
    if (!view || timeline.state !== 'ready' || view.clientHeight === 0) return
    const ahead = view.clientHeight * PAGE_AHEAD
    if (view.scrollTop < ahead) void timelines.page(room, 'before')
    if (view.scrollHeight - view.scrollTop - view.clientHeight < ahead) void timelines.page(room, 'after')
  }

  async function open(): Promise<void> {
    await timelines.open(room, target.unread(), target.lastRead())
    await nextTick()
    if (target.message()) await goTo(String(target.message()))
    else if (!(timeline.place && anchor.toPlace(timeline.place)) && !anchor.toRow('unread', 0.25)) anchor.toBottom()
    pageIfNear()
  }

  async function goTo(id: string): Promise<void> {
    if (!keyOfMessage(id)) await timelines.around(room, id)
    await nextTick()
    const key = keyOfMessage(id)
    if (!key || !anchor.toRow(key, 0.4)) return
    marked.value = null
    await nextTick()
    marked.value = key
    anchor.rowOf(key)?.focus({ preventScroll: true })
  }

  async function toLatest(): Promise<void> {
    timeline.unreadAfter = null
    if (timeline.segment.hasAfter) await timelines.latest(room)
    await nextTick()
    anchor.toBottom()
  }

  function keyOfMessage(id: string): string | null {
    const message = timeline.segment.messages.find((known) => known.id === id)
    return message ? keyOf(message) : null
  }

  onMounted(open)
  onBeforeUnmount(() => (timeline.place = anchor.place()))
  watch(target.message, (id) => id && goTo(id))

  return { timeline, rows, marked, atBottom: anchor.atBottom, lastVisible: anchor.lastVisible, rowOf: anchor.rowOf, pageIfNear, goTo, toLatest, open }
}
