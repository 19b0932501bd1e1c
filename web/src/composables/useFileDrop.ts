import { useEventListener } from '@vueuse/core'
import { ref, type Ref } from 'vue'

/** Files that are dragged onto a place; `over` while they hang above it. */
export function useFileDrop(place: Ref<HTMLElement | null>, dropped: (files: File[]) => void) {
  const over = ref(false)
  let depth = 0 // every child sends an enter and a leave of its own

  function holdsFiles(event: DragEvent): boolean {
    return event.dataTransfer?.types.includes('Files') ?? false
  }

  useEventListener(place, 'dragenter', (event: DragEvent) => {
    if (holdsFiles(event)) over.value = ++depth > 0
  })
  useEventListener(place, 'dragleave', (event: DragEvent) => {
    if (holdsFiles(event)) over.value = --depth > 0
  })
  useEventListener(place, 'dragover', (event: DragEvent) => {
    if (holdsFiles(event)) event.preventDefault()
  })
  useEventListener(place, 'drop', (event: DragEvent) => {
    if (!holdsFiles(event)) return
    event.preventDefault()
    depth = 0
    over.value = false
    dropped([...(event.dataTransfer?.files ?? [])])
  })

  return { over }
}
