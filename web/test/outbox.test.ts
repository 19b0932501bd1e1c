import { describe, expect, it, vi } from 'vitest'
import type { OutboxEntry } from '@/outbox/entry'
import { Outbox } from '@/outbox/outbox'
import { entry, NOON } from './build'

function outbox() {
  const sent: string[] = []
  const saved = new Map<string, OutboxEntry>()
  const timers: (() => void)[] = []
  const world = { online: true, now: NOON }
  const box = new Outbox({
    send: (one) => world.online && sent.push(one.client_msg_id) > 0,
    save: (one) => void saved.set(one.client_msg_id, one),
    forget: (one) => void saved.delete(one.client_msg_id),
    changed: vi.fn(),
    now: () => world.now,
    later: (action) => void timers.push(action),
  })
  const reconnect = () => {
    world.online = true
    box.resume()
  }
  return { box, sent, saved, timers, world, reconnect }
}

describe('messages on their way', () => {
  it('leave one after the other, each when the one before is acknowledged', () => {
    const { box, sent } = outbox()
    for (const id of ['c1', 'c2', 'c3']) box.add(entry(id))
    expect(sent).toEqual(['c1'])
    box.acknowledged({ client_msg_id: 'c1' })
    box.acknowledged({ client_msg_id: 'c2' })
    expect(sent).toEqual(['c1', 'c2', 'c3'])
  })

  it('of another room do not wait', () => {
    const { box, sent } = outbox()
    box.add(entry('c1'))
    box.add(entry('c2', { room: 'other' }))
    expect(sent).toEqual(['c1', 'c2'])
  })

  it('wait while offline, and keep their order afterwards', () => {
    const { box, sent, world, reconnect } = outbox()
    world.online = false
    for (const id of ['c1', 'c2']) box.add(entry(id))
    expect(sent).toEqual([])
    reconnect()
    box.acknowledged({ client_msg_id: 'c1' })
    expect(sent).toEqual(['c1', 'c2'])
  })

  it('are sent again under the same id when the connection broke before the acknowledgement', () => {
    const { box, sent, world, reconnect } = outbox()
    box.add(entry('c1'))
    world.online = false
    reconnect()
    expect(sent).toEqual(['c1', 'c1'])
    box.acknowledged({ client_msg_id: 'c1' })
    reconnect()
    expect(sent).toEqual(['c1', 'c1'])
    expect(box.entries).toEqual([])
  })

  it('survive a reload: what was being sent waits again', () => {
    const before = outbox()
    before.box.add(entry('c1'))
    before.box.add(entry('c2'))
    const after = outbox()
    after.world.online = false
    after.box.restore([...before.saved.values()].reverse())
    expect(after.box.entries.map((one) => [one.client_msg_id, one.state])).toEqual([['c1', 'waiting'], ['c2', 'waiting']])
    after.reconnect()
    expect(after.sent).toEqual(['c1'])
  })

  it('are forgotten once acknowledged', () => {
    const { box, saved } = outbox()
    box.add(entry('c1'))
    expect([...saved.keys()]).toEqual(['c1'])
    box.acknowledged({ client_msg_id: 'c1' })
    expect([...saved.keys()]).toEqual([])
  })

  it('that were refused stay, say why, and let the next one pass', () => {
    const { box, sent } = outbox()
    box.add(entry('c1'))
    box.add(entry('c2'))
    box.refused('c1', { status: 403, code: 'not_a_member' })
    expect(sent).toEqual(['c1', 'c2'])
    expect(box.entries[0]).toMatchObject({ state: 'failed', problem: { code: 'not_a_member' } })
    box.acknowledged({ client_msg_id: 'c2' })
    box.retry('c1')
    expect(sent).toEqual(['c1', 'c2', 'c1'])
  })

  it('come again by themselves when the server was only busy, and nothing overtakes them', () => {
    const { box, sent, timers } = outbox()
    box.add(entry('c1'))
    box.add(entry('c2'))
    box.refused('c1', { status: 429, code: 'rate_limited', retry_after_s: 3 })
    expect(sent).toEqual(['c1'])
    timers.forEach((run) => run())
    expect(sent).toEqual(['c1', 'c1'])
  })

  it('ask first when a command waited over a minute; plain words do not', () => {
    const { box, sent, world, reconnect } = outbox()
    world.online = false
    box.add(entry('c1', { text: '/dice' }))
    box.add(entry('c2', { text: 'hello' }))
    box.add(entry('c3', { text: '／骰子', as_text: false }))
    box.add(entry('c4', { text: '/shrug', as_text: true }))
    world.now += 61_000
    reconnect()
    expect(box.entries.map((one) => one.state)).toEqual(['asking', 'sending', 'asking', 'waiting'])
    box.retry('c1')
    box.acknowledged({ client_msg_id: 'c2' })
    expect(sent).toEqual(['c2', 'c1'])
  })

  it('can go as plain text after all', () => {
    const { box } = outbox()
    box.add(entry('c1', { text: '/nonsense' }))
    box.refused('c1', { status: 422, code: 'unknown_command' })
    box.retry('c1', true)
    expect(box.entries[0]).toMatchObject({ as_text: true, state: 'sending', problem: null })
  })
})
