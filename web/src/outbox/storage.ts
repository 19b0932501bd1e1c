import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import type { OutboxEntry } from './entry'

interface Schema extends DBSchema {
  outbox: { key: string; value: OutboxEntry; indexes: { owner: string } }
}

/** Where unsent messages survive a reload. Without IndexedDB (some private windows) they live as long as the page. */
export class OutboxStorage {
  private readonly db: Promise<IDBPDatabase<Schema> | null>

  constructor(name = 'riposte') {
    this.db = open(name).catch(() => null)
  }

  async load(owner: string): Promise<OutboxEntry[]> {
    const saved = (await (await this.db)?.getAllFromIndex('outbox', 'owner', owner)) ?? []
    return saved.map((entry) => ({ ...entry, attachments: entry.attachments ?? [] })) // written by an older page, it has none
  }

  async save(entry: OutboxEntry): Promise<void> {
    await (await this.db)?.put('outbox', entry)
  }

  async forget(id: string): Promise<void> {
    await (await this.db)?.delete('outbox', id)
  }

  async clear(owner: string): Promise<void> {
    for (const entry of await this.load(owner)) await this.forget(entry.client_msg_id)
  }
}

async function open(name: string): Promise<IDBPDatabase<Schema>> {
  return openDB<Schema>(name, 1, {
    upgrade: (db) => db.createObjectStore('outbox', { keyPath: 'client_msg_id' }).createIndex('owner', 'owner'),
  })
}
