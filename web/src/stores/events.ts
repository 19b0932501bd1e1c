import type { RoomEvent, ServerEvent } from '@/api/events'
import type { Message, RoomChangeEvent } from '@/api/types'
import type { RoomFeed } from '@/timeline/feed'
import type { RoomChange } from '@/timeline/rows'
import { useCatalogue } from './catalogue'
import { useInvocations } from './invocations'
import { useMembers } from './members'
import { useOutbox } from './outbox'
import { usePresence } from './presence'
import { useRoomPlugins } from './roomPlugins'
import { useRooms } from './rooms'
import { useSession } from './session'
import { useTimelines } from './timelines'
import { useToasts } from './toasts'
import { text } from '@/i18n'
import { roomTitle } from '@/text/names'

type Handlers = { [Kind in ServerEvent['event']]?: (event: Extract<ServerEvent, { event: Kind }>) => void }

interface Ports {
  build: (current: string) => void
  left: () => void
  /** A new message of somebody else, of which the room's settings say that it calls me. */
  calls: (message: Message) => void
  /** What the server takes. */
  limits: (limits: { fileBytes: number }) => void
}

/** Which store hears of which event. Room events come here once and in order: the feed has seen to that. */
export function eventHandlers(feed: RoomFeed, ports: Ports): (event: ServerEvent) => void {
  const session = useSession()
  const rooms = useRooms()
  const timelines = useTimelines()
  const outbox = useOutbox()
  const presence = usePresence()
  const catalogue = useCatalogue()
  const invocations = useInvocations()
  const members = useMembers()
  const plugins = useRoomPlugins()
  const toasts = useToasts()

  function inRoom(event: RoomEvent): void {
    timelines.apply(event, event.event === 'room' ? changeOf(event) : 'name')
    if (event.event !== 'post') rooms.advance(event.room, event.seq)
  }

  function changeOf(event: RoomChangeEvent): RoomChange {
    const before = rooms.byUri.get(event.room)
    if (before && before.closed !== event.closed) return event.closed ? 'closed' : 'opened'
    return before?.slow_mode_s === event.slow_mode_s ? 'name' : 'slow-mode'
  }

  function lost(uri: string): void {
    rooms.byUri.delete(uri)
    timelines.forget(uri)
    feed.forget(uri)
  }

  const handlers: Handlers = {
    hello(event) {
      ports.build(event.build)
      ports.limits({ fileBytes: event.file_bytes })
      session.me = event.me
      for (const uri of rooms.byUri.keys()) if (!event.rooms.some((room) => room.uri === uri)) lost(uri)
      rooms.replaceAll(event.rooms)
      for (const room of event.rooms)
        if (feed.sequence.lastOf(room.uri) === undefined) feed.skipTo(room.uri, room.last_seq)
      invocations.replaceOpen(event.invocations)
      presence.replaceAll(event.present)
      void catalogue.refresh(event.catalogue_version)
    },
    live: () => outbox.resume(),
    gap(event) {
      feed.skipTo(event.room, event.to)
      timelines.detach(event.room, event.from)
      rooms.patch(event.room, { unread: event.unread, mentions: event.mentions })
    },
    post(event) {
      inRoom(event)
      if (rooms.count(event.message, session.me?.name ?? '')) ports.calls(event.message)
      presence.stopped(event.room, event.message.author.name)
      if (event.message.client_msg_id && event.message.author.name === session.me?.name) outbox.arrived(event.message.client_msg_id)
    },
    edit: inRoom,
    delete: inRoom,
    membership(event) {
      inRoom(event)
      members.apply(event)
      rooms.countMembers(event.room, { joined: 1, left: -1, removed: -1, role: 0 }[event.change])
      if (event.user.bot) plugins.refresh(event.room)
      if (event.user.name === session.me?.name) rooms.patch(event.room, { role: event.role })
    },
    room(event) {
      inRoom(event)
      rooms.patch(event.room, { title: event.title, visibility: event.visibility, slow_mode_s: event.slow_mode_s, closed: event.closed })
    },
    command_failed(event) {
      inRoom(event)
      invocations.failed(event)
    },
    ack: (event) => outbox.acknowledged(event),
    problem: (event) => outbox.refused(event),
    read: (event) => rooms.read(event.room, event.last_read_seq, null),
    typing: (event) => presence.typed(event.room, event.names.filter((name) => name !== session.me?.name)),
    presence: (event) => presence.change(event.room, event.joined, event.left),
    invocation: (event) => invocations.put(event),
    ephemeral: (event) => invocations.answer(event),
    stream: (event) => timelines.stream(event),
    reaction: inRoom,
    my_room: (event) => rooms.put(event.room),
    joined(event) {
      rooms.put(event.room)
      if (feed.sequence.lastOf(event.room.uri) === undefined) feed.skipTo(event.room.uri, event.room.last_seq)
    },
    removed(event) {
      const room = rooms.byUri.get(event.room)
      if (room && event.by !== session.me?.name) toasts.say(text('room.removedYou', { room: roomTitle(room) }))
      lost(event.room)
    },
    catalogue(event) {
      void catalogue.refresh(event.version)
      plugins.refresh()
    },
    bye(event) {
      if (event.reason !== 'signed_out') return
      ports.left()
      session.left()
    },
  }

  return (event) => (handlers[event.event] as ((event: ServerEvent) => void) | undefined)?.(event)
}
