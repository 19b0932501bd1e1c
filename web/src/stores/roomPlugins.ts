import { defineStore } from 'pinia'
import { reactive } from 'vue'
import { roomPlugins as api } from '@/api/rest'
import type { Command, RoomPlugin } from '@/api/types'

/** Which plugins are in each room that was looked at. */
export const useRoomPlugins = defineStore('roomPlugins', () => {
  const byRoom = reactive(new Map<string, readonly RoomPlugin[]>())

  async function load(uri: string): Promise<void> {
    byRoom.set(uri, (await api.list(uri)).plugins)
  }

  /** Something has changed there, or everywhere; what is not known yet is fetched when it is looked at. */
  function refresh(uri?: string): void {
    for (const known of byRoom.keys()) if (uri === undefined || known === uri) void load(known).catch(() => undefined)
  }

  function of(uri: string): readonly RoomPlugin[] {
    return byRoom.get(uri) ?? []
  }

  /** Of all commands those that can be given there. */
  function commandsIn(uri: string, commands: readonly Command[]): readonly Command[] {
    const absent = new Set(of(uri).filter((plugin) => !plugin.here).map((plugin) => plugin.plugin))
    return absent.size ? commands.filter((command) => !absent.has(command.plugin)) : commands
  }

  async function add(uri: string, plugin: string, hears?: boolean): Promise<void> {
    await api.add(uri, plugin, hears)
    await load(uri)
  }

  async function remove(uri: string, plugin: string): Promise<void> {
    await api.remove(uri, plugin)
    await load(uri)
  }

  return { byRoom, of, load, refresh, commandsIn, add, remove }
})
