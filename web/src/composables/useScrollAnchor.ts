import { useEventListener, useResizeObserver } from '@vueuse/core'
import { onScopeDispose, ref, type Ref } from 'vue'

const NEAR_BOTTOM = 32 // px; less than a line counts as being there

/** A row and how far below the upper edge it stands, in px. */
export interface Place {
  key: string
  offset: number
}
type Anchor = 'bottom' | Place

/**
 * Keeps what is being read where it is while the list changes above or below it: at the end it stays at the end,
 * elsewhere the first visible row keeps its place. Done by hand, since Safari has no scroll anchoring of its own.
 */
export function useScrollAnchor(scroller: Ref<HTMLElement | null>, list: Ref<HTMLElement | null>, endIsHere: () => boolean) {
  const atBottom = ref(true)
  let anchor: Anchor = 'bottom'

  function capture(): void {
    const view = scroller.value
    if (!view) return
    atBottom.value = endIsHere() && view.scrollHeight - view.scrollTop - view.clientHeight < NEAR_BOTTOM
    const row = atBottom.value ? undefined : firstVisible(view)
    anchor = row ? { key: row.dataset.key ?? '', offset: offsetIn(view, row) } : 'bottom'
  }

  function restore(): void {
    const view = scroller.value
    if (!view) return
    if (anchor === 'bottom') view.scrollTop = view.scrollHeight
    else {
      const row = rowOf(anchor.key)
      const moved = row ? offsetIn(view, row) - anchor.offset : 0
      if (moved) view.scrollTop += moved
    }
  }

  function toBottom(): void {
    anchor = 'bottom'
    atBottom.value = endIsHere()
    restore()
  }

  /** Puts a row at a share of the height: 0.5 is the middle. */
  function toRow(key: string, share: number): boolean {
    const view = scroller.value
    const row = rowOf(key)
    if (!view || !row) return false
    anchor = { key, offset: Math.max(0, view.clientHeight * share - row.offsetHeight / 2) }
    restore()
    capture()
    return true
  }

  /** Where one reads; null at the end. */
  function place(): Place | null {
    return anchor === 'bottom' ? null : anchor
  }

  function toPlace(place: Place): boolean {
    if (!rowOf(place.key)) return false
    anchor = place
    restore()
    capture()
    return true
  }

  function rowOf(key: string): HTMLElement | null {
    return list.value?.querySelector<HTMLElement>(`:scope > [data-key="${CSS.escape(key)}"]`) ?? null
  }

  function firstVisible(view: HTMLElement): HTMLElement | undefined {
    const rows = [...(list.value?.children ?? [])] as HTMLElement[]
    return rows[lowerBound(rows, (row) => offsetIn(view, row) + row.offsetHeight > 0)]
  }

  /** The last row that is wholly on screen. */
  function lastVisible(): HTMLElement | undefined {
    const view = scroller.value
    if (!view) return undefined
    const rows = [...(list.value?.children ?? [])] as HTMLElement[]
    return rows[lowerBound(rows, (row) => offsetIn(view, row) + row.offsetHeight > view.clientHeight + 1) - 1]
  }

  useEventListener(scroller, 'scroll', capture, { passive: true })
  useResizeObserver(list, restore)
  useResizeObserver(scroller, restore)
  onScopeDispose(() => (anchor = 'bottom'))

  return { atBottom, capture, restore, toBottom, toRow, place, toPlace, rowOf, lastVisible }
}

function offsetIn(view: HTMLElement, row: HTMLElement): number {
  return row.getBoundingClientRect().top - view.getBoundingClientRect().top
}

/** Index of the first item for which `holds`; it must hold for all that follow. */
function lowerBound<Item>(items: readonly Item[], holds: (item: Item) => boolean): number {
  let low = 0
  let high = items.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (holds(items[middle] as Item)) high = middle
    else low = middle + 1
  }
  return low
}
