import { describe, expect, it, vi } from 'vitest'
import type { RoomEvent } from '@/api/types'
import { RoomFeed } from '@/timeline/feed'
import { post } from './build'

function feed(missing: RoomEvent[] = []) {
  const applied: number[] = []
  const fetchAfter = vi.fn(async (_room: string, seq: number) => ({
    events: missing.filter((event) => event.seq > seq).slice(0, 2),
    last_seq: 0,
  }))
  const room = new RoomFeed({ apply: (event) => applied.push(event.seq), fetchAfter })
  room.skipTo('tea', 10)
  return { room, applied, fetchAfter }
}

describe('the events of a room', () => {
  it('are applied in order and remembered for the next hello', () => {
    const { room, applied } = feed()
    room.receive(post(11))
    room.receive(post(12))
    expect(applied).toEqual([11, 12])
    expect(room.sequence.snapshot()).toEqual({ tea: 12 })
  })

  it('are applied once: what is known already is dropped', () => {
    const { room, applied } = feed()
    for (const seq of [11, 11, 9, 10, 12, 11]) room.receive(post(seq))
    expect(applied).toEqual([11, 12])
  })

  it('have no hole: what is missing is fetched, page by page, before going on', async () => {
    const { room, applied, fetchAfter } = feed([11, 12, 13, 14, 15].map((seq) => post(seq)))
    room.receive(post(14))
    room.receive(post(15))
    expect(applied).toEqual([])
    await vi.waitFor(() => expect(applied).toEqual([11, 12, 13, 14, 15]))
    expect(fetchAfter).toHaveBeenNthCalledWith(1, 'tea', 10)
    expect(fetchAfter).toHaveBeenNthCalledWith(2, 'tea', 12)
  })

  it('stay as they are when the missing ones cannot be had: the next hello asks again', async () => {
    const { room, applied, fetchAfter } = feed()
    fetchAfter.mockRejectedValue(new Error('offline'))
    room.receive(post(20))
    await vi.waitFor(() => expect(fetchAfter).toHaveBeenCalled())
    await Promise.resolve()
    expect(applied).toEqual([])
    expect(room.sequence.snapshot()).toEqual({ tea: 10 })
  })

  it('go on behind an announced gap', () => {
    const { room, applied } = feed()
    room.skipTo('tea', 500)
    room.receive(post(500))
    room.receive(post(501))
    expect(applied).toEqual([501])
  })
})
