import { defineStore } from 'pinia'
import { reactive } from 'vue'
import { commands as api } from '@/api/rest'
import type { Ephemeral } from '@/api/events'
import type { CommandFailedEvent, Invocation } from '@/api/types'
import type { OutboxEntry } from '@/outbox/entry'

export interface Failure {
  plugin: string
  code: string
  invocation: string | null
}

/** My commands and how they went; of other people's only that they failed. */
export const useInvocations = defineStore('invocations', () => {
  const byId = reactive(new Map<string, Invocation>())
  const failures = reactive(new Map<string, Failure>()) // by message id

  function put(invocation: Invocation): void {
    const known = byId.get(invocation.id)
    const replies = invocation.replies.length ? invocation.replies : (known?.replies ?? [])
    byId.set(invocation.id, { ...known, ...invocation, replies })
  }

  /** At hello: what the server still knows is the truth; what it forgot has ended. */
  function replaceOpen(current: readonly Invocation[]): void {
    const ids = new Set(current.map((invocation) => invocation.id))
    for (const known of byId.values())
      if (!ids.has(known.id) && isOpen(known)) byId.set(known.id, { ...known, state: 'done' })
    for (const invocation of current) put(invocation)
  }

  /** The server took a command of mine; the event about it may come later, or never if it is quick and plain. */
  function accepted(id: string, entry: OutboxEntry, messageId: string | null): void {
    if (byId.has(id)) return
    put({
      id, room: entry.room, message_id: messageId, plugin: '', command: '', text: entry.text, state: 'queued',
      code: null, detail: '', created_at: entry.created_at, ended_at: null, replies: [],
    })
  }

  function answer(event: Ephemeral): void {
    const known = byId.get(event.invocation) ?? blank(event)
    const replies = [...known.replies.filter((reply) => reply.part !== event.part), { part: event.part, text: event.text }]
    byId.set(known.id, { ...known, plugin: known.plugin || event.plugin, replies: replies.sort((a, b) => a.part - b.part) })
  }

  function failed(event: CommandFailedEvent): void {
    if (event.message_id) failures.set(event.message_id, { plugin: event.plugin, code: event.code, invocation: event.invocation })
  }

  function ofMessage(id: string): Invocation | null {
    for (const invocation of byId.values()) if (invocation.message_id === id) return invocation
    return null
  }

  function privatesOf(room: string): Invocation[] {
    return [...byId.values()].filter((invocation) => invocation.room === room && !invocation.message_id)
  }

  return { byId, failures, put, replaceOpen, accepted, answer, failed, ofMessage, privatesOf, cancel: api.cancel }
})

function isOpen(invocation: Invocation): boolean {
  return invocation.state === 'queued' || invocation.state === 'running'
}

function blank(event: Ephemeral): Invocation {
  return {
    id: event.invocation, room: event.room, message_id: null, plugin: event.plugin, command: '', text: '', state: 'running',
    code: null, detail: '', created_at: Date.now(), ended_at: null, replies: [],
  }
}
