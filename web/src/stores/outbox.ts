import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { Ack, ClientAction, SocketProblem } from '@/api/events'
import type { Attachment } from '@/api/types'
import { looksLikeCommand, type OutboxEntry } from '@/outbox/entry'
import { Outbox } from '@/outbox/outbox'
import { OutboxStorage } from '@/outbox/storage'
import { randomId } from '@/text/ids'
import { useDrafts } from './drafts'
import { useInvocations } from './invocations'
import { useSession } from './session'

/** Messages on their way out. The connection lends its `send`. */
export const useOutbox = defineStore('outbox', () => {
  const session = useSession()
  const drafts = useDrafts()
  const invocations = useInvocations()
  const storage = new OutboxStorage()
  const entries = shallowRef<readonly OutboxEntry[]>([])
  let transmit: (action: ClientAction) => boolean = () => false

  const outbox = new Outbox({
    send: (entry) => transmit(postAction(entry)),
    save: (entry) => void storage.save(entry),
    forget: (entry) => void storage.forget(entry.client_msg_id),
    changed: () => (entries.value = [...outbox.entries]),
    now: Date.now,
    later: (action, ms) => setTimeout(action, ms),
  })

  function connect(send: (action: ClientAction) => boolean): void {
    transmit = send
  }

  async function restore(): Promise<void> {
    outbox.restore(await storage.load(owner()))
  }

  function post(room: string, text: string, replyTo: string | null, asText = false, attachments: Attachment[] = []): void {
    outbox.add({
      client_msg_id: randomId(), order: nextOrder(outbox.entries), owner: owner(), room, text, reply_to: replyTo, as_text: asText, attachments,
      created_at: Date.now(), state: 'waiting', problem: null,
    })
  }

  function acknowledged(ack: Ack): void {
    const entry = outbox.acknowledged(ack)
    if (entry && ack.invocation) invocations.accepted(ack.invocation, entry, ack.id ?? null)
  }

  /** A refused command goes back into the field it came from, if that is empty. */
  function refused(problem: SocketProblem): void {
    const entry = problem.client_msg_id ? outbox.refused(problem.client_msg_id, problem) : null
    if (entry?.state !== 'failed' || !looksLikeCommand(entry)) return
    if (drafts.giveBack(entry.room, { text: entry.text, replyTo: entry.reply_to }, problem)) outbox.discard(entry.client_msg_id)
  }

  function owner(): string {
    return session.me?.name ?? ''
  }

  return {
    entries, connect, restore, post, acknowledged, refused,
    of: (room: string) => computed(() => entries.value.filter((entry) => entry.room === room && entry.owner === owner())),
    resume: () => outbox.resume(),
    /** My own message arrived as an event: its acknowledgement was lost with the connection. */
    arrived: (id: string) => outbox.discard(id),
    retry: (id: string, asText?: boolean) => outbox.retry(id, asText),
    discard: (id: string) => outbox.discard(id),
    forgetAll: (name: string) => storage.clear(name),
  }
})

function nextOrder(entries: readonly OutboxEntry[]): number {
  return Math.max(Date.now(), (entries.at(-1)?.order ?? 0) + 1)
}

function postAction(entry: OutboxEntry): ClientAction {
  return {
    do: 'post',
    room: entry.room,
    client_msg_id: entry.client_msg_id,
    text: entry.text,
    ...(entry.reply_to ? { reply_to: entry.reply_to } : {}),
    ...(entry.as_text ? { as_text: true } : {}),
    ...(entry.attachments.length ? { attachments: entry.attachments.map(({ id }) => id) } : {}),
  }
}
