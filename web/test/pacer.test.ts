import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Pacer } from '@/api/pacer'

const PAUSE_MS = 100

describe('what comes in a burst', () => {
  const handed: string[][] = []
  const pacer = () => new Pacer<string>((items) => handed.push([...items]))
  beforeEach(() => {
    handed.length = 0
    vi.useFakeTimers()
  })
  afterEach(() => vi.useRealTimers())

  it('is handed on at once when it is alone', () => {
    pacer().push('a')
    expect(handed).toEqual([['a']])
  })

  it('is handed on together after a pause, in order', () => {
    const frames = pacer()
    for (const item of ['a', 'b', 'c']) frames.push(item)
    expect(handed).toEqual([['a']])
    vi.advanceTimersByTime(PAUSE_MS)
    expect(handed).toEqual([['a'], ['b', 'c']])
    frames.push('d')
    vi.advanceTimersByTime(PAUSE_MS)
    expect(handed).toEqual([['a'], ['b', 'c'], ['d']])
  })

  it('is handed on before the connection is let go', () => {
    const frames = pacer()
    frames.push('a')
    frames.push('b')
    frames.flush()
    expect(handed).toEqual([['a'], ['b']])
  })
})
