import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { ApiProblem } from '@/api/http'
import { plugins as api } from '@/api/operator'
import type { AccessToken, Plugin, StagedBuild } from '@/api/types'
import { useInstall } from '@/composables/useInstall'
import { usePlugins } from '@/stores/plugins'
import { permissionText, stateText } from '@/text/plugins'
import { isExpired, tokenLine } from '@/text/tokens'

vi.mock('@/api/operator')

const plugin = (fields: Partial<Plugin>): Plugin => ({
  id: 'echo', version: '1', generation: 1, state: 'live', isolation: 'worker', isolation_from: 'configuration', commands: ['/echo'], aliases: {}, permissions: [], grants: [], wants: [], rooms: 'everywhere',
  calls: 0, failed: 0, p50_ms: 0, p99_ms: 0, memory_bytes: 0, left_mapped: 0, unheard: 0, pid: 0, debug_until: 0, by: '', reason: '', sandbox: '', ...fields,
})

beforeEach(() => {
  setActivePinia(createPinia())
  vi.resetAllMocks()
})

describe('what a plugin is called', () => {
  it.each([
    ['live', 'live'],
    ['probation 14/20', 'on probation 14/20'],
    ['needs grant: network, hear', 'needs grant: network, hear'],
    ['circuit open', 'circuit open'],
    ['dancing wildly', 'dancing wildly'],
  ])('%s', (state, shown) => expect(stateText(state)).toBe(shown))

  it('has words for a permission that it does not know, too', () => {
    expect(permissionText('network')).toMatch(/other machines/)
    expect(permissionText('levitate')).toMatch(/does not know/)
  })
})

describe('a token', () => {
  const token: AccessToken = { id: 1, name: 'builds', created_at: 0, last_used: null, expires_at: 1000 }
  it('is expired from its last moment on', () => {
    expect(isExpired(token, 999)).toBe(false)
    expect(isExpired(token, 1000)).toBe(true)
    expect(isExpired({ ...token, expires_at: null }, 1e15)).toBe(false)
  })
  it('says when it was used and until when it holds', () => {
    expect(tokenLine({ ...token, expires_at: null }, 86_400_000)).toBe('made yesterday · not used yet · no end')
    expect(tokenLine({ ...token, last_used: 60_000 }, 120_000)).toMatch(/last used 1 minute ago · until /)
  })
})

describe('the plugins', () => {
  it('count the calls that came between two looks', async () => {
    const plugins = usePlugins()
    for (const calls of [5, 8, 8, 2]) {
      vi.mocked(api.list).mockResolvedValueOnce({ plugins: [plugin({ calls })] })
      await plugins.load()
    }
    expect(plugins.rates.get('echo')).toEqual([0, 3, 0, 0]) // 2: the server has begun anew
  })
})

describe('a build that is brought', () => {
  const staged = { hash: 'ab', plugin: 'caller', wants: ['network'], permissions: ['network'] } as unknown as StagedBuild
  const file = new File(['x'], 'caller.so')
  const refused = (detail: string) => new ApiProblem({ status: 409, code: 'plugin_refused', detail })

  it('that is refused leaves the place for another, and the reason', async () => {
    vi.mocked(api.bring).mockRejectedValueOnce(refused('no entry'))
    const { state, build, problem, bring } = useInstall()
    await bring(file)
    expect([state.value, build.value, problem.value?.detail]).toEqual(['empty', null, 'no entry'])
  })

  it('that waits for a permission is installed: the page asks for it', async () => {
    vi.mocked(api.bring).mockResolvedValueOnce(staged)
    vi.mocked(api.install).mockRejectedValueOnce(refused('grant: needs the permission network'))
    vi.mocked(api.list).mockResolvedValueOnce({ plugins: [plugin({ id: 'caller', state: 'needs grant: network', wants: ['network'] })] })
    const { state, bring, install } = useInstall()
    await bring(file)
    expect(state.value).toBe('checked')
    await install()
    expect(state.value).toBe('installed')
  })

  it('that does not start stays to be read about', async () => {
    vi.mocked(api.bring).mockResolvedValueOnce(staged)
    vi.mocked(api.install).mockRejectedValueOnce(refused('start: no weather today'))
    vi.mocked(api.list).mockResolvedValueOnce({ plugins: [] })
    const { state, problem, bring, install } = useInstall()
    await bring(file)
    await install()
    expect([state.value, problem.value?.detail]).toEqual(['checked', 'start: no weather today'])
  })
})
