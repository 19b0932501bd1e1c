import { useIntervalFn } from '@vueuse/core'
import { onMounted, shallowRef } from 'vue'
import { operator } from '@/api/operator'
import type { ServerStatus } from '@/api/types'

export const SAMPLE_EVERY_MS = 5000
const SAMPLES = 60 // five minutes

/** How the server fares, asked again while the page is seen; `samples` are what it said since then, the oldest first. */
export function useStatus() {
  const now = shallowRef<ServerStatus | null>(null)
  const samples = shallowRef<readonly ServerStatus[]>([])

  async function look(): Promise<void> {
    const status = await operator.status().catch(() => null) // the banner tells of a lost server
    if (!status) return
    now.value = status
    samples.value = [...samples.value, status].slice(-SAMPLES)
  }

  onMounted(look)
  useIntervalFn(() => document.hidden || look(), SAMPLE_EVERY_MS)
  return { now, samples }
}
