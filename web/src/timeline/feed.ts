import type { RoomEvent } from '@/api/events'
import { Sequence } from './sequence'

export interface FeedPorts {
  apply: (event: RoomEvent) => void
  /** Events after `seq`, at most a page of them; rejects when the server cannot be reached. */
  fetchAfter: (room: string, seq: number) => Promise<{ events: RoomEvent[]; last_seq: number }>
}

/** Applies each room's events once and in order, and fills a hole from the server before going on. */
export class RoomFeed {
  readonly sequence = new Sequence()
  private readonly waiting = new Map<string, RoomEvent[]>()

  constructor(private readonly ports: FeedPorts) {}

  receive(event: RoomEvent): void {
    const queue = this.waiting.get(event.room)
    if (queue) {
      queue.push(event)
      return
    }
    const verdict = this.sequence.judge(event)
    if (verdict === 'next') this.take(event)
    if (verdict === 'hole') void this.fill(event)
  }

  /** A gap was announced: everything up to `seq` is left to paging. */
  skipTo(room: string, seq: number): void {
    this.sequence.applied(room, seq)
  }

  forget(room: string): void {
    this.sequence.forget(room)
    this.waiting.delete(room)
  }

  clear(): void {
    this.sequence.clear()
    this.waiting.clear()
  }

  private take(event: RoomEvent): void {
    this.sequence.applied(event.room, event.seq)
    this.ports.apply(event)
  }

  private async fill(first: RoomEvent): Promise<void> {
    const room = first.room
    const queue = [first]
    this.waiting.set(room, queue)
    const missing = await this.fetchMissing(room, first.seq).catch(() => null)
    if (this.waiting.get(room) !== queue) return
    this.waiting.delete(room)
    // Unreachable: the next hello names the old seq and the server sends the events again.
    if (missing) for (const event of [...missing, ...queue]) this.receive(event)
  }

  private async fetchMissing(room: string, until: number): Promise<RoomEvent[]> {
    const events: RoomEvent[] = []
    let from = this.sequence.lastOf(room) ?? 0
    while (from < until - 1) {
      const page = await this.ports.fetchAfter(room, from)
      const last = page.events.at(-1)
      if (!last) break
      events.push(...page.events)
      from = last.seq
    }
    return events
  }
}
