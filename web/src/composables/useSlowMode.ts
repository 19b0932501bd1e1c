import { useNow } from '@vueuse/core'
import { computed, ref } from 'vue'
import { useRooms } from '@/stores/rooms'
import { useSession } from '@/stores/session'
import { useTimelines } from '@/stores/timelines'

/** How long a member of a slow room has to wait before the next message. */
export function useSlowMode(room: string) {
  const rooms = useRooms()
  const session = useSession()
  const timeline = useTimelines().of(room)
  const now = useNow({ interval: 500 })
  const sentAt = ref(0)

  const left = computed(() => {
    const known = rooms.byUri.get(room)
    if (!known?.slow_mode_s || known.role !== 'member') return 0
    const mine = timeline.segment.messages.filter((message) => message.author.name === session.me?.name).at(-1)
    const last = Math.max(sentAt.value, mine?.created_at ?? 0)
    return Math.max(0, Math.ceil((last + known.slow_mode_s * 1000 - now.value.getTime()) / 1000))
  })

  return { left, sent: () => (sentAt.value = Date.now()) }
}
