// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick, ref, type EffectScope } from 'vue'
import { ApiProblem } from '@/api/http'
import type { Problem } from '@/api/types'
import { finishedUpTo } from '@/commands/position'
import { useCommandCheck } from '@/composables/useCommandCheck'
import { useCatalogue } from '@/stores/catalogue'

const wrong = (position: number, code: Problem['code'] = 'bad_argument') => new ApiProblem({ status: 422, code, position, argument: 'in' })
let scope: EffectScope
const text = ref('')
let wanted = true
let answers: Record<string, () => Promise<undefined>>
let check: ReturnType<typeof useCommandCheck>

async function types(words: string): Promise<void> {
  text.value = words
  await nextTick()
  await vi.advanceTimersByTimeAsync(300)
}

beforeEach(() => {
  vi.useFakeTimers()
  setActivePinia(createPinia())
  answers = {}
  wanted = true
  vi.spyOn(useCatalogue(), 'check').mockImplementation((line) => answers[line]?.() ?? Promise.resolve(undefined))
  text.value = ''
  scope = effectScope()
  check = scope.run(() => useCommandCheck(text, () => wanted)) as typeof check
})
afterEach(() => {
  scope.stop()
  vi.useRealTimers()
})

describe('a command that is being typed', () => {
  it('is faulted where a finished word is wrong, until it is mended', async () => {
    answers['/remind soon tea'] = () => Promise.reject(wrong(8))
    await types('/remind soon tea')
    expect(check.fault.value?.position).toBe(8)
    text.value = '/remind 10m tea'
    expect(check.fault.value).toBe(null)
  })

  it('is left alone in the word at hand, and about what is still missing', async () => {
    answers['/remind soo'] = () => Promise.reject(wrong(8))
    await types('/remind soo')
    expect(check.fault.value).toBe(null)
    answers['/remind 10m '] = () => Promise.reject(wrong(12, 'missing_argument'))
    await types('/remind 10m ')
    expect(check.fault.value).toBe(null)
  })

  it('is not faulted by an answer to what stood there before', async () => {
    let late: (problem: unknown) => void = () => undefined
    answers['/remind soon tea'] = () => new Promise((_, reject) => (late = reject))
    await types('/remind soon tea')
    await types('/remind 10m tea')
    late(wrong(8))
    await vi.advanceTimersByTimeAsync(1)
    expect(check.fault.value).toBe(null)
  })

  it('is asked about once the typing pauses, and an ordinary message never', async () => {
    text.value = '/remind s'
    await nextTick()
    await vi.advanceTimersByTimeAsync(100)
    await types('/remind soon tea')
    await types('hello')
    wanted = false
    await types('/remind soon tea again')
    expect(vi.mocked(useCatalogue().check).mock.calls).toEqual([['/remind soon tea']])
  })
})

it.each([['/dice', 0], ['/dice 2d', 6], ['/dice 2d6 ', 10], ['/骰子 二', 4]])('in %o the word at hand begins at %d', (line, at) => {
  expect(finishedUpTo(line)).toBe(at)
})
