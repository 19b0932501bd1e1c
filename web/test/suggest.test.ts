// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick, ref, shallowRef, type EffectScope, type Ref } from 'vue'
import { ApiProblem } from '@/api/http'
import type { Command, CommandOption, SuggestedValue } from '@/api/types'
import { commandPopup } from '@/commands/popup'
import { askedAbout, stillFitting, type Asked } from '@/commands/suggested'
import { useSuggestedValues } from '@/composables/useSuggestedValues'
import { useCatalogue } from '@/stores/catalogue'

const option = (name: string, change: Partial<CommandOption> = {}): CommandOption => ({
  name, type: 'text', required: true, summary: '', choices: [], minimum: null, maximum: null, default: null, rest: false, suggests: false, ...change,
})
const convert: Command = {
  prefix: '/convert', aliases: ['/换算'], summary: '', usage: '', plugin: 'units', audience: 'anyone', visibility: 'room',
  options: [option('amount', { type: 'number' }), option('from', { suggests: true }), option('to', { suggests: true })],
}
const about = (text: string) => askedAbout(commandPopup([convert], text, []), text)
const values = (...all: string[]): SuggestedValue[] => all.map((value) => ({ value, description: '' }))
const shown = (list: readonly SuggestedValue[]) => list.map(({ value }) => value)

describe('what is asked about', () => {
  it.each([
    ['/convert 3 ', '/convert 3 ', ''],
    ['/convert 3 ki', '/convert 3 ', 'ki'],
    ['/convert 3 km to=mi', '/convert 3 km to=', 'mi'],
    ['／换算　3　公', '／换算　3　', '公'],
  ])('%o: %o and %o', (text, head, partial) => expect(about(text)).toEqual({ text, head, partial }))

  it.each(['hello', '/convert', '/convert 3', '/convert 3 km mile '])('nothing in %o', (text) => expect(about(text)).toBe(null))
})

describe('an answer', () => {
  const asked = { text: '/convert 3 k', head: '/convert 3 ', partial: 'k' }
  const answer = { asked, values: values('km', 'kg', 'K') }

  it('fits the text that it answers, without what is written out', () => {
    expect(shown(stillFitting(answer, about('/convert 3 k')))).toEqual(['km', 'kg', 'K'])
    expect(shown(stillFitting(answer, about('/convert 3 km')))).toEqual([])
  })
  it('is narrowed while the word grows', () => expect(shown(stillFitting({ ...answer, values: values('km', 'kmh', 'kg') }, about('/convert 3 KM')))).toEqual(['km', 'kmh']))
  it('is over with its argument, or when the word shrinks', () => {
    expect(stillFitting(answer, about('/convert 3 km k'))).toEqual([])
    expect(stillFitting(answer, about('/convert 3 '))).toEqual([])
    expect(stillFitting(answer, null)).toEqual([])
  })
})

describe('while one types', () => {
  let scope: EffectScope
  let asked: Ref<Asked | null>
  let offered: Ref<readonly SuggestedValue[]>
  let answers: Record<string, () => Promise<SuggestedValue[]>>
  const calls = () => vi.mocked(useCatalogue().suggest).mock.calls.map(([, text]) => text)

  async function types(text: string, pause = 200): Promise<void> {
    asked.value = about(text)
    await nextTick()
    await vi.advanceTimersByTimeAsync(pause)
  }

  beforeEach(() => {
    vi.useFakeTimers()
    setActivePinia(createPinia())
    answers = {}
    vi.spyOn(useCatalogue(), 'suggest').mockImplementation(async (_, text) => ({ option: 'from', values: (await answers[text]?.()) ?? [] }))
    asked = shallowRef(null)
    scope = effectScope()
    offered = scope.run(() => useSuggestedValues('tea', asked)) ?? ref([])
  })
  afterEach(() => {
    scope.stop()
    vi.useRealTimers()
  })

  it('the server is asked when the typing pauses, and only where the plugin suggests', async () => {
    answers['/convert 3 ki'] = () => Promise.resolve(values('km', 'kg'))
    await types('/convert 3 k', 100)
    await types('/convert 3 ki')
    expect(calls()).toEqual(['/convert 3 ki'])
    expect(shown(offered.value)).toEqual(['km', 'kg'])
    await types('/convert 3 km mile ')
    expect(calls()).toEqual(['/convert 3 ki'])
    expect(offered.value).toEqual([])
  })

  it('a late answer to what stood there before is dropped', async () => {
    let late: (values: SuggestedValue[]) => void = () => undefined
    answers['/convert 3 k'] = () => new Promise((resolve) => (late = resolve))
    answers['/convert 3 km m'] = () => Promise.resolve(values('mile'))
    await types('/convert 3 k')
    await types('/convert 3 km m')
    late(values('km'))
    await vi.advanceTimersByTimeAsync(1)
    expect(shown(offered.value)).toEqual(['mile'])
  })

  it('a refusal offers nothing', async () => {
    answers['/convert 3 k'] = () => Promise.reject(new ApiProblem({ status: 429, code: 'rate_limited' }))
    await types('/convert 3 k')
    expect(offered.value).toEqual([])
  })
})
