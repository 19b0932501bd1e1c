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

  async function signOut(everywhere = false): Promise<void> {
    await accounts.signOut(everywhere)
    left()
  }

  async function update(body: { display_name?: string; locale?: string }): Promise<void> {
    me.value = await accounts.update(body)
  }

  async function remove(password: string): Promise<void> {
    await accounts.remove(password)
    left()
  }

  function left(): void {
    me.value = null
    state.value = 'out'
  }

  return {
    me, state, load, signIn, signUp, signOut, update, remove, left,
    changePassword: accounts.changePassword,
    resetPassword: accounts.resetPassword,
  }
})
