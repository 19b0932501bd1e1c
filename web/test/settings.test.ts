import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { ApiProblem } from '@/api/http'
import { plugins as api } from '@/api/operator'
import type { PluginSetting } from '@/api/types'
import { usePluginSettings } from '@/composables/usePluginSettings'
import { isWrong, originText, standText, valueText, wantedText } from '@/text/settings'

vi.mock('@/api/operator')

const setting = (fields: Partial<PluginSetting>): PluginSetting => ({
  key: 'times', type: 'integer', summary: '', required: false, local: false, values: ['1'], source: 'default', minimum: 1, maximum: 5, ...fields,
})

async function opened(...config: PluginSetting[]) {
  vi.mocked(api.settings).mockResolvedValue({ config })
  vi.mocked(api.list).mockResolvedValue({ plugins: [] })
  const settings = usePluginSettings('greeter')
  await vi.waitFor(() => expect(settings.list.value).toEqual(config))
  return settings
}

beforeEach(() => {
  setActivePinia(createPinia())
  vi.resetAllMocks()
})

describe('a setting', () => {
  it('tells where its value came from', () => {
    expect(originText(setting({}))).toBe('Default of the plugin')
    expect(originText(setting({ source: 'riposte.toml:3' }))).toBe('From riposte.toml:3')
    expect(originText(setting({ source: 'environment RIPOSTE_X' }))).toBe('From the environment: RIPOSTE_X')
    expect(originText(setting({ source: 'ann, web', configured: { values: [], source: 'default' } }))).toBe('Set while it served, by ann, web')
    expect(valueText(['(hidden)'])).toBe('set, not shown')
    expect(valueText([])).toBe('not set')
    expect(standText({ values: ['1'], source: 'default' })).toBe('1 (Default of the plugin)')
    expect(standText({ values: [], source: 'default' })).toBe('not set')
  })

  it.each([
    ['integer', '3', false], ['integer', '9', true], ['integer', '2.5', true], ['integer', '', true], ['integer', 'two', true],
    ['number', '2.5', false], ['number', '0.5', true], ['duration', '', true], ['duration', '10m', false], ['text', '', false],
  ] as const)('%s %j', (type, value, wrong) => expect(isWrong(setting({ type }), [value])).toBe(wrong))

  it('that is required is not left empty', () => {
    expect(isWrong(setting({ type: 'text', required: true }), [''])).toBe(true)
    expect(isWrong(setting({ type: 'text_list', required: true }), ['', ' '])).toBe(true)
    expect(isWrong(setting({ type: 'text_list', required: true }), ['a'])).toBe(false)
  })

  it('says what is wanted', () => {
    expect(wantedText(setting({}))).toBe('A whole number, 1 to 5')
    expect(wantedText(setting({ type: 'number', minimum: undefined }))).toBe('A number, at most 5')
    expect(wantedText(setting({ type: 'text' }))).toBe('')
  })
})

describe('the form', () => {
  it('sends what was changed and nothing else', async () => {
    const [times, words, city] = [setting({}), setting({ key: 'words', type: 'text_list', values: [] }), setting({ key: 'city', type: 'text', values: ['Bern'] })]
    const settings = await opened(times, words, city)
    vi.mocked(api.configure).mockResolvedValue({ plugin: { generation: 2 }, result: 'live' } as never)
    settings.set(times, ['3'])
    settings.set(words, ['a', '', 'b'])
    settings.set(city, ['Basel'])
    settings.set(city, ['Bern'])
    await settings.apply()
    expect(vi.mocked(api.configure).mock.calls).toEqual([['greeter', { times: '3', words: ['a', 'b'] }]])
    expect(settings.done.value).toBe(true)
  })

  it('sends nothing while a value is wrong, and marks it then', async () => {
    const times = setting({})
    const settings = await opened(times)
    settings.set(times, ['9'])
    expect(settings.errorOf(times)).toBeNull()
    await settings.apply()
    expect(settings.errorOf(times)).toBe('A whole number, 1 to 5')
    expect(api.configure).not.toHaveBeenCalled()
  })

  it('goes back to what the configuration has, and can keep what was set', async () => {
    const times = setting({ values: ['3'], source: 'ann, web', configured: { values: ['1'], source: 'riposte.toml:3' } })
    const settings = await opened(times)
    settings.goBack(times)
    expect([settings.valuesOf(times), settings.goesBack(times)]).toEqual([['1'], true])
    settings.keep(times)
    expect([settings.valuesOf(times), settings.changed.value]).toEqual([['3'], []])
    settings.goBack(times)
    vi.mocked(api.configure).mockResolvedValue({ plugin: { generation: 2 }, result: 'stored' } as never)
    await settings.apply()
    expect(vi.mocked(api.configure).mock.calls[0]).toEqual(['greeter', { times: null }])
  })

  it('shows the server’s no beside its field, or the plugin’s above', async () => {
    const [times, city] = [setting({}), setting({ key: 'city', type: 'text' })]
    const settings = await opened(times, city)
    settings.set(times, ['2'])
    vi.mocked(api.configure).mockRejectedValueOnce(new ApiProblem({ status: 422, code: 'invalid_value', argument: 'times' }))
    await settings.apply()
    expect([settings.errorOf(times), settings.errorOf(city), settings.refusal.value]).toEqual(['A whole number, 1 to 5', null, null])
    vi.mocked(api.configure).mockRejectedValueOnce(new ApiProblem({ status: 409, code: 'plugin_refused', reason: 'no such city' }))
    await settings.apply()
    expect(settings.refusal.value).toMatch(/did not start with this: no such city/)
    expect(settings.done.value).toBe(false)
  })
})
