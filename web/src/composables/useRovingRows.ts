import { computed, ref, type Ref } from 'vue'
import type { Row } from '@/timeline/rows'

const FOCUSABLE: ReadonlySet<Row['kind']> = new Set(['message', 'private', 'pending'])

/** One Tab stop for the whole timeline; the arrows walk inside it. */
export function useRovingRows(rows: Ref<readonly Row[]>, rowOf: (key: string) => HTMLElement | null) {
  const chosen = ref<string | null>(null)
  const keys = computed(() => rows.value.filter((row) => FOCUSABLE.has(row.kind)).map((row) => row.key))
  const active = computed(() => (chosen.value && keys.value.includes(chosen.value) ? chosen.value : (keys.value.at(-1) ?? null)))

  function focused(event: FocusEvent): void {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-key]') : null
    if (row?.dataset.key) chosen.value = row.dataset.key
  }

  /** True when the key was one of ours. */
  function keydown(event: KeyboardEvent): boolean {
    if (event.target instanceof Element && event.target.matches('input, textarea')) return false
    if (event.ctrlKey || event.metaKey || event.altKey) return false
    const step = { ArrowUp: -1, ArrowDown: 1, Home: -Infinity, End: Infinity }[event.key]
    if (step === undefined) return false
    const at = keys.value.indexOf(active.value ?? '')
    const next = keys.value[Math.min(keys.value.length - 1, Math.max(0, at + step))]
    event.preventDefault()
    if (next) focus(next)
    return true
  }

  function focus(key: string): void {
    chosen.value = key
    const row = rowOf(key)
    row?.focus({ preventScroll: true })
    row?.scrollIntoView({ block: 'nearest' })
  }

  return { active, focused, keydown }
}
