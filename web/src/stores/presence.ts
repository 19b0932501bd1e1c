import { useIntervalFn } from '@vueuse/core'
import { defineStore } from 'pinia'
import { reactive } from 'vue'

const TYPING_STANDS_MS = 6000 // docs/protocol.md: a name stands for 6 s

/** Who is here and who is typing: moments, without a seq. */
export const usePresence = defineStore('presence', () => {
  const present = reactive(new Map<string, ReadonlySet<string>>())
  const typing = reactive(new Map<string, ReadonlyMap<string, number>>())

  useIntervalFn(() => {
    for (const [room, names] of typing) setTyping(room, [...names].filter(([, until]) => until > Date.now()))
  }, 1000)

  function replaceAll(rooms: Record<string, string[]>): void {
    present.clear()
    typing.clear()
    for (const [room, names] of Object.entries(rooms)) present.set(room, new Set(names))
  }

  function change(room: string, joined: readonly string[], left: readonly string[]): void {
    const names = new Set(present.get(room))
    for (const name of joined) names.add(name)
    for (const name of left) names.delete(name)
    present.set(room, names)
  }

  function typed(room: string, names: readonly string[]): void {
    const until = Date.now() + TYPING_STANDS_MS
    setTyping(room, [...(typing.get(room) ?? []), ...names.map((name): [string, number] => [name, until])])
  }

  function stopped(room: string, name: string): void {
    const names = typing.get(room)
    if (names?.has(name)) setTyping(room, [...names].filter(([other]) => other !== name))
  }

  function setTyping(room: string, names: [string, number][]): void {
    if (names.length) typing.set(room, new Map(names))
    else typing.delete(room)
  }

  return { present, typing, replaceAll, change, typed, stopped }
})
