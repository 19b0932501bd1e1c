import { ref, watch, type Ref } from 'vue'
import { isComposing } from '@/text/keys'

/** A list under a search field: the arrows choose a line, Enter takes it. */
export function usePicker<Item>(items: Ref<readonly Item[]>, take: (item: Item) => void) {
  const index = ref(0)
  watch(items, () => (index.value = 0))

  function keydown(event: KeyboardEvent): void {
    if (isComposing(event)) return
    const count = items.value.length
    const item = items.value[index.value]
    if (event.key === 'ArrowDown' && count) index.value = (index.value + 1) % count
    else if (event.key === 'ArrowUp' && count) index.value = (index.value + count - 1) % count
    else if (event.key === 'Enter' && item) take(item)
    else return
    event.preventDefault()
  }

  return { index, keydown }
}
