import { useLocalStorage } from '@vueuse/core'
import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { Message } from '@/api/types'
import { plainText } from '@/markdown/plain'
import { nameOf, roomTitle } from '@/text/names'
import { useRooms } from './rooms'

const LONGEST = 120 // characters of a message

/** Notifications of the browser, on this device: whether they are wanted and let through, and showing one. */
export const useNotifications = defineStore('notifications', () => {
  const rooms = useRooms()
  const wanted = useLocalStorage('riposte.notifications', false)
  const supported = typeof Notification !== 'undefined'
  const permission = ref(supported ? Notification.permission : 'denied')
  const on = computed(() => wanted.value && permission.value === 'granted')
  let open: (message: Message) => void = () => undefined

  /** Asks the browser for leave, which it grants only to a click. */
  async function turn(to: boolean): Promise<void> {
    if (to && supported) permission.value = await Notification.requestPermission()
    wanted.value = to && permission.value === 'granted'
  }

  /** Nothing for what the person is looking at. */
  function show(message: Message): void {
    const room = rooms.byUri.get(message.room)
    if (!on.value || !room || (document.hasFocus() && location.pathname.startsWith(`/r/${message.room}`))) return
    const author = nameOf(message.author)
    const title = room.kind === 'direct' ? author : `${author} · ${roomTitle(room)}`
    const body = plainText(message.text, LONGEST) || (message.attachments ?? []).map(({ name }) => name).join(', ')
    const notification = new Notification(title, { body, tag: message.room, icon: '/favicon.svg' })
    notification.onclick = () => {
      window.focus()
      notification.close()
      open(message)
    }
  }

  return { supported, permission, on, turn, show, opensBy: (action: (message: Message) => void) => (open = action) }
})
