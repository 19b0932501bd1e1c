// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { messages as api } from '@/api/rest'
import type { MessagePage } from '@/api/types'
import { useTimelines } from '@/stores/timelines'
import { page } from './build'

const range = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, index) => first + index)

/** The pages that were asked for, to be answered in any order. */
function answers() {
  const waiting: ((page: MessagePage) => void)[] = []
  vi.spyOn(api, 'page').mockImplementation(() => new Promise((resolve) => waiting.push(resolve)))
  return (index: number, page: MessagePage) => waiting[index]?.(page)
}

describe('paging', () => {
  beforeEach(() => setActivePinia(createPinia()))
  const seqs = () => useTimelines().of('tea').segment.messages.map(({ seq }) => seq)

  it.each(['before', 'after'] as const)('a page %s that comes when one has jumped elsewhere leaves no hole there', async (direction) => {
    const timelines = useTimelines()
    const answer = answers()
    const opening = timelines.open('tea', 0, 0)
    answer(0, page(range(191, 195), true, true))
    await opening
    const paging = timelines.page('tea', direction)
    const jump = timelines.around('tea', 'm50')
    answer(2, page(range(48, 52), true, true))
    await jump
    answer(1, page(direction === 'before' ? range(186, 190) : range(196, 200), true, true))
    await paging
    expect(seqs()).toEqual(range(48, 52))
    expect(timelines.of('tea').paging).toBe(false)
  })

  it('joins on what is there otherwise', async () => {
    const timelines = useTimelines()
    const answer = answers()
    const opening = timelines.open('tea', 0, 0)
    answer(0, page(range(6, 9), true))
    await opening
    const paging = timelines.page('tea', 'before')
    answer(1, page(range(1, 5)))
    await paging
    expect(seqs()).toEqual(range(1, 9))
  })
})
