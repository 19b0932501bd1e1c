import { useDebounceFn } from '@vueuse/core'
import { ref, shallowRef, watch, type Ref } from 'vue'
import { messages as api } from '@/api/rest'
import type { Hit } from '@/api/types'

/** idle: nothing asked · searching · found (perhaps nothing) · failed */
export type SearchState = 'idle' | 'searching' | 'found' | 'failed'

const PAGE = 30

/** Search as one types; an answer to an older question is dropped. */
export function useSearch(query: Ref<string>, room: Ref<string | undefined>) {
  const hits = shallowRef<readonly Hit[]>([])
  const state = ref<SearchState>('idle')
  const more = ref(false)
  let asked = 0

  async function search(before?: number): Promise<void> {
    const wanted = query.value.trim()
    const turn = ++asked
    if (!wanted) {
      hits.value = []
      state.value = 'idle'
      return
    }
    state.value = 'searching'
    const answer = await api.search(wanted, room.value, before).catch(() => null)
    if (turn !== asked) return
    state.value = answer ? 'found' : 'failed'
    if (!answer) return
    hits.value = before ? [...hits.value, ...answer.hits] : answer.hits
    more.value = answer.hits.length === PAGE
  }

  const soon = useDebounceFn(() => search(), 200)
  watch([query, room], () => soon())

  return { hits, state, more, older: () => search(hits.value.at(-1)?.message.created_at) }
}
