import { useEventListener } from '@vueuse/core'
import { defineStore } from 'pinia'
import { ref } from 'vue'
import { rooms as api } from '@/api/rest'
import type { ClientAction } from '@/api/events'
import { RiposteSocket, type ConnectionState } from '@/api/socket'
import { currentLocale } from '@/i18n'
import { RoomFeed } from '@/timeline/feed'
import { eventHandlers } from './events'
import { useNotifications } from './notifications'
import { useOutbox } from './outbox'
import { useSession } from './session'
import { useUploads } from './uploads'

/** The live connection: what the server pushes goes to the stores, what they send goes out here. */
export const useConnection = defineStore('connection', () => {
  const session = useSession()
  const outbox = useOutbox()
  const notifications = useNotifications()
  const uploads = useUploads()
  const state = ref<ConnectionState>('closed')
  const retryAt = ref<number | null>(null)
  const stale = ref(false) // the server has another build than the one this page came from
  const welcomed = ref(false) // a hello has come: the list of rooms is known
  let build = ''

  const feed: RoomFeed = new RoomFeed({ apply: (event) => handle(event), fetchAfter: api.events })
  const handle = eventHandlers(feed, {
    build: (current) => {
      stale.value ||= build !== '' && build !== current
      build ||= current
      welcomed.value = true
    },
    left: end,
    calls: (message) => notifications.show(message),
    limits: ({ fileBytes }) => (uploads.limit = fileBytes),
  })

  const socket = new RiposteSocket(`${location.origin.replace(/^http/, 'ws')}/api/v1/socket`, {
    hello: () => ({ do: 'hello', rooms: feed.sequence.snapshot(), locale: currentLocale(), time_zone: timeZone() }),
    event: (event) => ('seq' in event && event.event !== 'ack' ? feed.receive(event) : handle(event)),
    state: (next, at) => {
      state.value = next
      retryAt.value = at
    },
    refused: async () => {
      await session.load()
      return session.state !== 'out'
    },
  })

  async function start(): Promise<void> {
    outbox.connect(send)
    await outbox.restore()
    socket.open()
  }

  function end(): void {
    socket.close()
    feed.clear()
    build = ''
    welcomed.value = false
  }

  function send(action: ClientAction): boolean {
    return socket.send(action)
  }

  useEventListener(window, 'online', () => socket.nudge())
  useEventListener(document, 'visibilitychange', () => document.hidden || socket.nudge())

  return { state, retryAt, stale, welcomed, start, end, send, nudge: () => socket.nudge() }
})

function timeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone
}
