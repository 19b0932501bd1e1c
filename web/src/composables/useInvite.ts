import { shallowRef } from 'vue'
import { ApiProblem } from '@/api/http'
import { invites } from '@/api/rest'
import type { InvitePreview, Problem } from '@/api/types'
import { useRooms } from '@/stores/rooms'

/** An invite link: what it leads to, and going through it. */
export function useInvite(token: string) {
  const rooms = useRooms()
  const preview = shallowRef<InvitePreview | null>(null)
  const problem = shallowRef<Problem | null>(null)

  async function load(): Promise<void> {
    try {
      preview.value = await invites.preview(token)
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
      problem.value = error.problem
    }
  }

  async function accept(): Promise<string> {
    const { room } = await invites.accept(token)
    rooms.put(room)
    return room.uri
  }

  void load()
  return { preview, problem, accept }
}
