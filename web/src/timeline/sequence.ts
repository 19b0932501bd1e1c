import type { RoomEvent } from '@/api/events'

export type Verdict = 'next' | 'known' | 'hole'

/** Per room the seq up to which every event was applied. The one place that decides what is new. */
export class Sequence {
  private readonly last = new Map<string, number>()

  judge(event: RoomEvent): Verdict {
    const last = this.last.get(event.room)
    if (last === undefined || event.seq === last + 1) return 'next'
    return event.seq <= last ? 'known' : 'hole'
  }

  applied(room: string, seq: number): void {
    this.last.set(room, Math.max(seq, this.last.get(room) ?? 0))
  }

  forget(room: string): void {
    this.last.delete(room)
  }

  clear(): void {
    this.last.clear()
  }

  lastOf(room: string): number | undefined {
    return this.last.get(room)
  }

  /** What `hello` tells the server: how far this client has come in each room. */
  snapshot(): Record<string, number> {
    return Object.fromEntries(this.last)
  }
}
