// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { ApiProblem } from '@/api/http'
import { messages as api } from '@/api/rest'
import { EMOJIS, findEmojis } from '@/emoji/emojis'
import { useTimelines } from '@/stores/timelines'
import { applyEvent } from '@/timeline/apply'
import { withReaction } from '@/timeline/reactions'
import { fromPage, tombstone } from '@/timeline/segment'
import { message, page } from './build'

const given = (...given: [string, string[]][]) => given.map(([emoji, names]) => ({ emoji, names }))

describe('a reaction', () => {
  it('is given once, however often it is told', () => {
    const once = withReaction(message(1), '👍', 'ann', true)
    expect(withReaction(once, '👍', 'ann', true)).toBe(once)
    expect(withReaction(once, '👍', 'bo', true).reactions).toEqual(given(['👍', ['ann', 'bo']]))
  })

  it('goes with the last who gave it, and what was never given cannot go', () => {
    const two = message(1, { reactions: given(['👍', ['ann']], ['🎉', ['ann', 'bo']]) })
    expect(withReaction(two, '👍', 'ann', false).reactions).toEqual(given(['🎉', ['ann', 'bo']]))
    expect(withReaction(two, '👀', 'ann', false)).toBe(two)
  })

  it('comes as an event of the room, and goes with the message', () => {
    const segment = fromPage(page([1, 2]))
    const event = { event: 'reaction', room: 'tea', seq: 3, id: 'm2', emoji: '👍', added: true, actor: 'bo' } as const
    const after = applyEvent(segment, event)
    expect(after.messages.map(({ reactions }) => reactions ?? [])).toEqual([[], given(['👍', ['bo']])])
    expect(tombstone(after.messages[1] ?? message(2)).reactions).toEqual([])
  })
})

describe('giving one', () => {
  beforeEach(() => setActivePinia(createPinia()))
  const shown = () => useTimelines().of('tea').segment.messages[0]?.reactions ?? []

  it('shows at once, and is taken back when the server says no', async () => {
    useTimelines().of('tea').segment = fromPage(page([1]))
    let refuse: (problem: unknown) => void = () => undefined
    vi.spyOn(api, 'react').mockReturnValue(new Promise((_, reject) => (refuse = reject)))
    const giving = useTimelines().react(message(1), '👍', 'ann', true)
    expect(shown()).toEqual(given(['👍', ['ann']]))
    refuse(new ApiProblem({ status: 410, code: 'message_deleted' }))
    await expect(giving).rejects.toThrow()
    expect(shown()).toEqual([])
  })
})

describe('the emojis', () => {
  it('are each there once, with words in both languages', () => {
    expect(new Set(EMOJIS.map(({ emoji }) => emoji)).size).toBe(EMOJIS.length)
    for (const { emoji, words } of EMOJIS) expect([emoji, words.en, words['zh-CN']].every((word) => word.trim() !== '')).toBe(true)
  })

  it.each([['party', '🎉'], ['庆祝', '🎉'], ['cof', '☕']])('are found by %s', (typed, emoji) => {
    expect(findEmojis(typed)[0]?.emoji).toBe(emoji)
  })

  it('are not found by the middle of a word', () => {
    expect(findEmojis('arty')).toEqual([])
  })
})
