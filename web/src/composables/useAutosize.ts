import { nextTick, onMounted, watch, type Ref } from 'vue'

/** Lets a field grow with its text; CSS gives the limit. */
export function useAutosize(field: Ref<HTMLTextAreaElement | null>, text: Ref<string>): void {
  function fit(): void {
    const element = field.value
    if (!element) return
    element.style.height = 'auto'
    element.style.height = `${element.scrollHeight + element.offsetHeight - element.clientHeight}px`
  }

  onMounted(fit)
  watch(text, () => nextTick(fit))
}
