import { onMounted, shallowRef, watch } from 'vue'
import type { Message } from '@/api/types'
import { useTimelines } from '@/stores/timelines'

/** The message that another one answers: from the timeline, or fetched. Null when it can't be had. */
export function useQuote(room: () => string, id: () => string | null) {
  const timelines = useTimelines()
  const quoted = shallowRef<Message | null>(null)

  async function find(): Promise<void> {
    const wanted = id()
    quoted.value = wanted ? await timelines.find(room(), wanted) : null
  }

  onMounted(find)
  watch(id, find)
  return { quoted }
}
