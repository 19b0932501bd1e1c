import { describe, expect, it } from 'vitest'
import { buildRows, keepRows, type RowSources } from '@/timeline/rows'
import { ann, bo, dice, entry, invocation, message, NOON } from './build'

const DAY = 24 * 60 * 60_000

function rows(sources: Partial<RowSources>) {
  return buildRows({ messages: [], privates: [], notices: [], pending: [], unreadAfter: null, me: 'ann', ...sources })
}
const kinds = (sources: Partial<RowSources>) => rows(sources).map((row) => row.kind)

describe('the rows of a timeline', () => {
  it('begin each day with its name', () => {
    expect(kinds({ messages: [message(1), message(2), message(3, { created_at: NOON + DAY })] })).toEqual(['day', 'message', 'message', 'day', 'message'])
  })

  it('group what one person says within five minutes', () => {
    const list = rows({
      messages: [
        message(1),
        message(2),
        message(3, { author: ann }),
        message(4, { author: ann, created_at: NOON + 10 * 60_000 }),
        message(5, { author: ann, created_at: NOON + 10 * 60_000, reply_to: 'm1' }),
      ],
    })
    expect(list.flatMap((row) => (row.kind === 'message' ? [row.continues] : []))).toEqual([false, true, false, false, false])
  })

  it('mark where the unread ones begin, and never before one of mine', () => {
    const list = rows({ messages: [message(1), message(2, { author: ann }), message(3), message(4)], unreadAfter: 1 })
    expect(list.map((row) => row.kind)).toEqual(['day', 'message', 'message', 'unread', 'message', 'message'])
  })

  it('put an answer that only I see between the messages of its time', () => {
    expect(kinds({ messages: [message(1), message(5)], privates: [invocation('i', { created_at: NOON + 3000 })] })).toEqual([
      'day', 'message', 'private', 'message',
    ])
  })

  it('put a private answer before the first message where the room begins, and leave it out where older ones are missing', () => {
    const sources = { messages: [message(5)], privates: [invocation('i', { created_at: NOON + 3000 })] }
    expect(kinds(sources)).toEqual(['private', 'day', 'message'])
    expect(kinds({ ...sources, hasBefore: true })).toEqual(['day', 'message'])
  })

  it('end with what is still on its way, in the order of writing', () => {
    const list = rows({ messages: [message(1, { author: bo })], pending: [entry('c1'), entry('c2')] })
    expect(list.map((row) => row.key)).toEqual(['day-m1', 'm1', 'ann/c1', 'ann/c2'])
  })

  it('stay the very same where nothing has changed, so that they are not drawn again', () => {
    const [first, third] = [message(1), message(3)]
    const before = rows({ messages: [first, message(2), third] })
    const after = keepRows(before, rows({ messages: [first, message(2, { text: 'edited' }), third, message(4)] }))
    expect(after.map((row, index) => row === before[index])).toEqual([true, true, false, true, false])
    expect(after[2]).toMatchObject({ message: { text: 'edited' } })
  })

  it('keep the key of a message of mine when it arrives, so that its element stays', () => {
    const sending = rows({ pending: [entry('c1')] }).at(-1)?.key
    const sent = rows({ messages: [message(1, { author: ann, client_msg_id: 'c1' })] }).at(-1)?.key
    expect(sent).toBe(sending)
  })

  it('tell two people apart who chose the same id', () => {
    const list = rows({ messages: [message(1, { author: ann, client_msg_id: 'x' }), message(2, { author: dice, client_msg_id: 'x' })] })
    expect(new Set(list.map((row) => row.key)).size).toBe(list.length)
  })
})
