// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick, watch } from 'vue'
import { ApiProblem } from '@/api/http'
import { accounts } from '@/api/rest'
import type { Me } from '@/api/types'
import { useSignOut } from '@/composables/useSignOut'
import { useDrafts } from '@/stores/drafts'
import { useOutbox } from '@/stores/outbox'
import { useSession } from '@/stores/session'

const OVER = new ApiProblem({ status: 401, code: 'unauthenticated' })
const ann = { name: 'ann', display_name: 'Ann', bot: false, admin: false } as Me

/** Every time that the page would go to the sign-in page, with what was left of ann's then. */
function leavings(): string[] {
  const found: string[] = []
  watch(() => useSession().state, (state) => state === 'out' && found.push(useDrafts().of('tea').text), { flush: 'sync' })
  return found
}

beforeEach(() => {
  localStorage.clear()
  setActivePinia(createPinia())
  vi.restoreAllMocks()
  const session = useSession()
  session.me = ann
  session.state = 'in'
  useDrafts().set('tea', { text: 'half a thought' })
})

const kept = () => localStorage.getItem('riposte.drafts') ?? ''

describe('signing out', () => {
  it('leaves once, and only when everything is forgotten, however early the socket asks', async () => {
    const left = leavings()
    vi.spyOn(accounts, 'me').mockRejectedValue(OVER)
    vi.spyOn(accounts, 'signOut').mockImplementation(async () => {
      await useSession().load() // as the socket does when the server closes it
    })
    let forgotten = false
    vi.spyOn(useOutbox(), 'forgetAll').mockImplementation(async () => {
      await nextTick()
      expect(left).toEqual([])
      forgotten = true
    })
    await useSignOut().signOut()
    await nextTick()
    expect([forgotten, left.length, useSession().me, useSession().asked]).toEqual([true, 1, null, true])
    expect(kept()).not.toContain('half a thought')
  })

  it('that the server does not answer changes nothing', async () => {
    const left = leavings()
    vi.spyOn(accounts, 'signOut').mockRejectedValue(new ApiProblem({ status: 0, code: 'offline' }))
    await useSignOut().signOut()
    expect(left).toEqual([])
    expect(useDrafts().of('tea').text).toBe('half a thought')
    vi.spyOn(accounts, 'me').mockRejectedValue(OVER)
    await useSession().load()
    expect(left.length).toBe(1)
  })

  it('elsewhere leaves too, and keeps what was being written', async () => {
    const left = leavings()
    vi.spyOn(accounts, 'me').mockRejectedValue(OVER)
    await useSession().load()
    await nextTick()
    expect([left.length, useSession().asked]).toEqual([1, false])
    expect(kept()).toContain('half a thought')
  })

  it('for ever forgets as much', async () => {
    vi.spyOn(accounts, 'remove').mockResolvedValue(undefined)
    await useSignOut().removeAccount('correct horse')
    await nextTick()
    expect(useSession().state).toBe('out')
    expect(kept()).not.toContain('half a thought')
  })
})
