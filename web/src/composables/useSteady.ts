import { onScopeDispose, readonly, ref, watch, type Ref } from 'vue'

/** True once the condition has held without a break for `ms`; false at once when it ends. */
export function useSteady(condition: () => boolean, ms: number): Readonly<Ref<boolean>> {
  const steady = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined

  watch(condition, (holds) => {
    clearTimeout(timer)
    if (holds) timer = setTimeout(() => (steady.value = true), ms)
    else steady.value = false
  }, { immediate: true })

  onScopeDispose(() => clearTimeout(timer))
  return readonly(steady)
}
