import type { RoomEvent } from '@/api/events'
import { withReaction } from './reactions'
import { patch, post, replace, tombstone, type Segment } from './segment'

/** A segment after an event; events are idempotent here, so that one may be laid over a page that already holds it. */
export function applyEvent(segment: Segment, event: RoomEvent): Segment {
  switch (event.event) {
    case 'post':
      return post(segment, event.message)
    case 'edit':
      return replace(segment, event.message)
    case 'reaction':
      return patch(segment, event.id, (message) => withReaction(message, event.emoji, event.actor, event.added))
    case 'delete':
      return patch(segment, event.id, tombstone)
    default:
      return segment
  }
}

/** Remembers the events that arrive while a page of their room is on its way. */
export class Changes {
  private readonly open = new Map<string, Set<RoomEvent[]>>()

  record(room: string): RoomEvent[] {
    const recording: RoomEvent[] = []
    this.open.set(room, (this.open.get(room) ?? new Set()).add(recording))
    return recording
  }

  note(event: RoomEvent): void {
    for (const recording of this.open.get(event.room) ?? []) recording.push(event)
  }

  stop(room: string, recording: RoomEvent[]): void {
    this.open.get(room)?.delete(recording)
  }
}
