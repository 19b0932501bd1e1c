import { defineStore } from 'pinia'
import { reactive } from 'vue'
import { messages, reports as api } from '@/api/rest'
import type { Report } from '@/api/types'

/** What members asked the moderators of a room to look at. */
export const useReports = defineStore('reports', () => {
  const byRoom = reactive(new Map<string, readonly Report[]>())

  async function load(room: string): Promise<void> {
    byRoom.set(room, (await api.list(room)).reports)
  }

  /** The message stays. */
  async function settle(report: Report): Promise<void> {
    await api.settle(report.message.room, report.id)
    await load(report.message.room)
  }

  /** The message goes, and with it every report about it. */
  async function remove(report: Report): Promise<void> {
    await messages.remove(report.message.room, report.message.id)
    await load(report.message.room)
  }

  return { byRoom, load, settle, remove }
})
