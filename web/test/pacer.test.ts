import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Pacer } from '@/api/pacer'

const FRAME_MS = 16

describe('what comes in a burst', () => {
  const handed: string[][] = []
  const pacer = () => new Pacer<string>((items) => handed.push([...items]))
  beforeEach(() => {
    handed.length = 0
    vi.useFakeTimers()
    vi.stubGlobal('requestAnimationFrame', (draw: () => void) => setTimeout(draw, FRAME_MS))
    vi.stubGlobal('cancelAnimationFrame', clearTimeout)
  })
  afterEach(() => {
    vi.unstubAllGlobals()
    vi.useRealTimers()
  })

  it('is handed on at once when it is alone', () => {
    pacer().push('a')
    expect(handed).toEqual([['a']])
  })

  it('is handed on together once a frame, in order', () => {
    const frames = pacer()
    for (const item of ['a', 'b', 'c']) frames.push(item)
    expect(handed).toEqual([['a']])
    vi.advanceTimersByTime(FRAME_MS)
    expect(handed).toEqual([['a'], ['b', 'c']])
    frames.push('d')
    vi.advanceTimersByTime(FRAME_MS)
    expect(handed).toEqual([['a'], ['b', 'c'], ['d']])
  })

  it('does not wait for a frame that a hidden page never draws', () => {
    vi.stubGlobal('requestAnimationFrame', () => 0)
    const frames = pacer()
    frames.push('a')
    frames.push('b')
    vi.advanceTimersByTime(100)
    expect(handed).toEqual([['a'], ['b']])
  })

  it('is handed on before the connection is let go', () => {
    const frames = pacer()
    frames.push('a')
    frames.push('b')
    frames.flush()
    expect(handed).toEqual([['a'], ['b']])
  })
})
