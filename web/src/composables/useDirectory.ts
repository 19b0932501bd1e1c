import { onMounted, ref, shallowRef } from 'vue'
import { useRouter } from 'vue-router'
import { members, rooms as api } from '@/api/rest'
import type { Room } from '@/api/types'
import { useRooms } from '@/stores/rooms'
import { useToasts } from '@/stores/toasts'

/** Public rooms that I am not in. */
export function useDirectory() {
  const mine = useRooms()
  const toasts = useToasts()
  const router = useRouter()
  const found = shallowRef<readonly Room[]>([])
  const loaded = ref(false)

  async function load(): Promise<void> {
    found.value = (await api.directory().catch(() => null))?.rooms ?? []
    loaded.value = true
  }

  async function join(room: Room): Promise<void> {
    try {
      await members.join(room.uri)
      mine.put(await api.get(room.uri))
      await router.push({ name: 'room', params: { uri: room.uri } })
    } catch (error) {
      toasts.complain(error)
    }
  }

  onMounted(load)
  return { found, loaded, join }
}
