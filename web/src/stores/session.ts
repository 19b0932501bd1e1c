import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import { ApiProblem } from '@/api/http'
import { accounts, type SignUp } from '@/api/rest'
import type { Me } from '@/api/types'

/** unknown: not asked yet · unreachable: asked in vain, so the last answer stands */
export type SessionState = 'unknown' | 'in' | 'out' | 'unreachable'

/** Who is signed in, in this browser. */
export const useSession = defineStore('session', () => {
  const me = shallowRef<Me | null>(null)
  const state = ref<SessionState>('unknown')
  const asked = ref(false) // to be out; else it has ended by itself
  let leaving = false

  async function load(): Promise<void> {
    try {
      me.value = await accounts.me()
      state.value = 'in'
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
      if (error.problem.status === 401) left()
      else state.value = 'unreachable'
    }
  }

  async function signIn(name: string, password: string): Promise<void> {
    await accounts.signIn(name, password)
    await load()
  }

  async function signUp(body: SignUp): Promise<void> {
    await accounts.signUp(body)
    await load()
  }

  /** `forget` empties this browser before the person counts as gone, since the page then goes too. */
  async function signOut(everywhere: boolean, forget: (name: string) => Promise<void>): Promise<void> {
    await leave(() => accounts.signOut(everywhere), forget)
  }

  async function update(body: { display_name?: string; locale?: string }): Promise<void> {
    me.value = await accounts.update(body)
  }

  async function remove(password: string, forget: (name: string) => Promise<void>): Promise<void> {
    await leave(() => accounts.remove(password), forget)
  }

  /** The socket learns of the end at once, and asks: it must not be first. */
  async function leave(end: () => Promise<unknown>, forget: (name: string) => Promise<void>): Promise<void> {
    const name = me.value?.name ?? ''
    leaving = true
    try {
      await end()
      await forget(name)
    } finally {
      leaving = false
    }
    asked.value = true
    left()
  }

  function left(): void {
    if (leaving) return
    me.value = null
    state.value = 'out'
  }

  return {
    me, state, asked, load, signIn, signUp, signOut, update, remove, left,
    changePassword: accounts.changePassword,
    resetPassword: accounts.resetPassword,
  }
})
