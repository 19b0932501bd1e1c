import { refDebounced } from '@vueuse/core'
import { ref, shallowRef, watch } from 'vue'
import { ApiProblem } from '@/api/http'
import type { Listing } from '@/api/operator'

export interface Page<Item> {
  items: readonly Item[]
  next: number | null
}

/** One of the operator's lists: searched while one types, read a page at a time. An answer to an older question is dropped. */
export function useListing<Item>(fetch: (query: Listing) => Promise<Page<Item>>) {
  const search = ref('')
  const text = refDebounced(search, 200)
  const items = shallowRef<readonly Item[]>([])
  const next = ref<number | null>(null)
  const state = ref<'loading' | 'ready' | 'failed'>('loading')
  let asked = 0

  async function ask(before?: number): Promise<void> {
    const mine = ++asked
    try {
      const page = await fetch({ text: text.value.trim() || undefined, before })
      if (mine !== asked) return
      items.value = before === undefined ? page.items : [...items.value, ...page.items]
      next.value = page.next
      state.value = 'ready'
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
      if (mine === asked && state.value === 'loading') state.value = 'failed'
    }
  }

  const load = () => ask()
  const more = () => (next.value === null ? Promise.resolve() : ask(next.value))
  const replace = (same: (item: Item) => boolean, now: Item) => void (items.value = items.value.map((item) => (same(item) ? now : item)))

  watch(text, load, { immediate: true })
  return { search, items, next, state, load, more, replace }
}
