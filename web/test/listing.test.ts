// @vitest-environment happy-dom
import { effectScope, nextTick, type EffectScope } from 'vue'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Listing } from '@/api/operator'
import { useListing, type Page } from '@/composables/useListing'

let scope: EffectScope
const within = <Value>(make: () => Value): Value => scope.run(make) as Value
beforeEach(() => {
  vi.useFakeTimers()
  scope = effectScope()
})
afterEach(() => {
  scope.stop()
  vi.useRealTimers()
})

const settled = () => vi.advanceTimersByTimeAsync(0)

describe("an operator's list", () => {
  it('is read page by page, and says when that was all', async () => {
    const fetch = vi.fn(async ({ before }: Listing): Promise<Page<number>> => (before === 3 ? { items: [2, 1], next: null } : { items: [4, 3], next: 3 }))
    const list = within(() => useListing(fetch))
    await settled()
    expect(list.items.value).toEqual([4, 3])
    await list.more()
    expect(list.items.value).toEqual([4, 3, 2, 1])
    await list.more()
    expect(fetch).toHaveBeenCalledTimes(2)
  })

  it('drops the answer to an older question', async () => {
    const answers: Record<string, (page: Page<string>) => void> = {}
    const list = within(() => useListing(({ text }: Listing) => new Promise<Page<string>>((resolve) => (answers[text ?? ''] = resolve))))
    list.search.value = 'an'
    await nextTick()
    await vi.advanceTimersByTimeAsync(250)
    answers.an?.({ items: ['ann'], next: null })
    answers['']?.({ items: ['everyone'], next: null })
    await settled()
    expect(list.items.value).toEqual(['ann'])
  })
})
