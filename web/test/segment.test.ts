import { describe, expect, it } from 'vitest'
import { applyEvent } from '@/timeline/apply'
import { append, fromPage, post as add, prepend, SEGMENT_LIMIT } from '@/timeline/segment'
import { grow } from '@/timeline/stream'
import { message, page, post } from './build'

const seqs = (segment: { messages: readonly { seq: number }[] }) => segment.messages.map((known) => known.seq)

describe('a stretch of messages', () => {
  it('takes a live post at its end', () => {
    expect(seqs(add(fromPage(page([1, 2])), message(5)))).toEqual([1, 2, 5])
  })

  it('shows a message once, however often it comes', () => {
    const once = add(fromPage(page([1, 2])), message(3))
    expect(seqs(add(once, message(3)))).toEqual([1, 2, 3])
  })

  it('leaves a post to paging while newer messages are missing', () => {
    const detached = fromPage(page([1, 2], false, true))
    expect(add(detached, message(90))).toBe(detached)
  })

  it('puts an older page before, a newer one behind, and overlaps once', () => {
    const middle = fromPage(page([10, 11, 12], true, true))
    const older = prepend(middle, page([8, 9, 10], true))
    expect(seqs(older)).toEqual([8, 9, 10, 11, 12])
    expect(older).toMatchObject({ hasBefore: true, hasAfter: true })
    const newer = append(older, page([12, 13]))
    expect(seqs(newer)).toEqual([8, 9, 10, 11, 12, 13])
    expect(newer.hasAfter).toBe(false)
  })

  it('lets go of the far end when it grows long, and knows it', () => {
    const many = Array.from({ length: SEGMENT_LIMIT }, (_, index) => index + 100)
    const full = fromPage(page(many))
    const up = prepend(full, page([98, 99]))
    expect(up.messages).toHaveLength(SEGMENT_LIMIT)
    expect(up).toMatchObject({ hasAfter: true })
    expect(seqs(up)[0]).toBe(98)
    const down = add(full, message(9999))
    expect(down).toMatchObject({ hasBefore: true, hasAfter: false })
    expect(seqs(down).at(-1)).toBe(9999)
    expect(down.messages.length).toBeLessThan(SEGMENT_LIMIT) // a step at once: the next posts only come to the end
  })

  it('replaces the text on an edit and scrubs it on a delete', () => {
    const edited = applyEvent(fromPage(page([1, 2])), { event: 'edit', room: 'tea', seq: 3, message: message(1, { text: 'new', edited_at: 9 }) })
    expect(edited.messages[0]).toMatchObject({ text: 'new', edited_at: 9 })
    const deleted = applyEvent(edited, { event: 'delete', room: 'tea', seq: 4, id: 'm1', actor: 'bo' })
    expect(deleted.messages[0]).toMatchObject({ text: '', deleted: true })
    expect(seqs(deleted)).toEqual([1, 2])
  })

  it('ignores events about messages that are not here', () => {
    const here = fromPage(page([5, 6]))
    expect(applyEvent(here, { event: 'delete', room: 'tea', seq: 7, id: 'm1', actor: 'bo' })).toBe(here)
    expect(applyEvent(here, post(6))).toMatchObject({ messages: [{ seq: 5 }, { seq: 6 }] })
  })
})

describe('a stream', () => {
  it('grows by chunks, counted in bytes', () => {
    expect(grow('天气', 6, '很好')).toBe('天气很好')
  })

  it('takes only the new part of a chunk that overlaps', () => {
    expect(grow('hello', 3, 'lo world')).toBe('hello world')
    expect(grow('hello', 0, 'hell')).toBe('hello')
  })

  it('says so when bytes between are missing', () => {
    expect(grow('hello', 9, '!')).toBeNull()
  })
})
