import type { Problem } from '@/api/types'
import type { Ack } from '@/api/events'
import { looksLikeCommand, type OutboxEntry } from './entry'

export interface OutboxPorts {
  /** False when there is no live connection: the entry waits for the next one. */
  send: (entry: OutboxEntry) => boolean
  save: (entry: OutboxEntry) => void
  forget: (entry: OutboxEntry) => void
  changed: () => void
  now: () => number
  later: (action: () => void, ms: number) => void
}

/** A command that was written offline and is older than this is not run without asking. */
export const ASK_AFTER_MS = 60_000

/** The server could not take it now; the same entry is sent again. */
const PASSING = new Set(['rate_limited', 'overloaded', 'shutting_down', 'timeout', 'internal', 'offline'])

/**
 * Messages on their way, kept in order: one at a time per room is in flight, and the next leaves when the server has
 * answered. What was in flight when a connection broke is sent again under its id, which the server knows.
 */
export class Outbox {
  private list: OutboxEntry[] = []

  constructor(private readonly ports: OutboxPorts) {}

  get entries(): readonly OutboxEntry[] {
    return this.list
  }

  /** Brings back what an earlier page did not get through. */
  restore(saved: readonly OutboxEntry[]): void {
    const known = new Set(this.list.map((entry) => entry.client_msg_id))
    const back = saved.filter((entry) => !known.has(entry.client_msg_id))
    this.list = [...back.map(rested), ...this.list].sort((a, b) => a.order - b.order)
    this.ports.changed()
  }

  add(entry: OutboxEntry): void {
    this.list.push(entry)
    this.ports.save(entry)
    this.pump(entry.room)
    this.ports.changed()
  }

  /** A connection is live again, and the events missed have come: what the server had already got is gone from here. */
  resume(): void {
    const now = this.ports.now()
    this.list = this.list.map(rested).map((entry) => (stale(entry, now) ? { ...entry, state: 'asking' } : entry))
    this.pumpAll()
  }

  acknowledged(ack: Pick<Ack, 'client_msg_id'>): OutboxEntry | null {
    return this.take(ack.client_msg_id)
  }

  refused(id: string, problem: Problem): OutboxEntry | null {
    const entry = this.find(id)
    if (!entry) return null
    if (PASSING.has(problem.code)) this.again(entry, (problem.retry_after_s ?? 1) * 1000)
    else this.update(entry, { state: 'failed', problem })
    this.pump(entry.room)
    return this.find(id)
  }

  /** The person says: try it (again), perhaps as plain text. */
  retry(id: string, asText = false): void {
    const entry = this.find(id)
    if (!entry) return
    const fresh = { created_at: this.ports.now(), state: 'waiting' as const, problem: null }
    this.update(entry, asText ? { ...fresh, as_text: true } : fresh)
    this.pump(entry.room)
  }

  discard(id: string): OutboxEntry | null {
    return this.take(id)
  }

  private pumpAll(): void {
    for (const room of new Set(this.list.map((entry) => entry.room))) this.pump(room)
    this.ports.changed()
  }

  private pump(room: string): void {
    const mine = this.list.filter((entry) => entry.room === room)
    if (mine.some((entry) => entry.state === 'sending')) return
    const next = mine.find((entry) => entry.state === 'waiting')
    if (next && this.ports.send(next)) this.update(next, { state: 'sending' })
  }

  private again(entry: OutboxEntry, ms: number): void {
    this.ports.later(() => {
      const current = this.find(entry.client_msg_id)
      if (current?.state !== 'sending') return
      this.update(current, { state: 'waiting' })
      this.pump(current.room)
    }, ms)
  }

  private take(id: string): OutboxEntry | null {
    const entry = this.find(id)
    if (!entry) return null
    this.list = this.list.filter((other) => other !== entry)
    this.ports.forget(entry)
    this.pump(entry.room)
    this.ports.changed()
    return entry
  }

  private update(entry: OutboxEntry, change: Partial<OutboxEntry>): void {
    const changed = { ...entry, ...change }
    this.list = this.list.map((other) => (other === entry ? changed : other))
    this.ports.save(changed)
    this.ports.changed()
  }

  private find(id: string): OutboxEntry | null {
    return this.list.find((entry) => entry.client_msg_id === id) ?? null
  }
}

function rested(entry: OutboxEntry): OutboxEntry {
  return entry.state === 'sending' ? { ...entry, state: 'waiting' } : entry
}

function stale(entry: OutboxEntry, now: number): boolean {
  return entry.state === 'waiting' && looksLikeCommand(entry) && now - entry.created_at > ASK_AFTER_MS
}
