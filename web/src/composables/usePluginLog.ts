import { useIntervalFn } from '@vueuse/core'
import { computed, onMounted, ref, shallowRef } from 'vue'
import { plugins } from '@/api/operator'
import type { PluginLogLine } from '@/api/types'

const EVERY_MS = 2000

/** What a plugin prints and logs, as it comes; `find` keeps the lines that contain it, an invocation's id for one. */
export function usePluginLog(id: string, begin: string) {
  const lines = shallowRef<readonly PluginLogLine[] | null>(null)
  const find = ref(begin)
  const failed = ref(false)

  async function load(): Promise<void> {
    await plugins.log(id).then(
      ({ log }) => {
        failed.value = false
        if (log.length !== lines.value?.length || log.at(-1)?.at !== lines.value.at(-1)?.at) lines.value = log
      },
      () => void (failed.value = true),
    )
  }

  const shown = computed(() => {
    const wanted = find.value.trim().toLowerCase()
    return (lines.value ?? []).filter((line) => `${line.source} ${line.text}`.toLowerCase().includes(wanted))
  })

  onMounted(load)
  useIntervalFn(() => document.hidden || load(), EVERY_MS)
  return { lines, shown, find, failed }
}
