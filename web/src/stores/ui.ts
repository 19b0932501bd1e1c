import { defineStore } from 'pinia'
import { ref } from 'vue'

export type DialogName = 'create' | 'direct' | 'switcher' | 'search' | 'help' | 'invite' | 'room-settings' | 'notifications' | 'reports' | 'leave'

/** What is open on top of the conversation: one dialog, one message being edited. */
export const useUi = defineStore('ui', () => {
  const dialog = ref<DialogName | null>(null)
  const room = ref('')
  const drawer = ref(false) // the members, on a narrow screen
  const editing = ref<string | null>(null) // id of the message of mine whose text is being changed

  /** What is typed before the dialog's code has arrived must not end up in a message: nothing has the focus meanwhile. */
  function open(name: DialogName, uri = ''): void {
    if (document.activeElement instanceof HTMLTextAreaElement) document.activeElement.blur()
    dialog.value = name
    room.value = uri
  }

  function close(): void {
    dialog.value = null
  }

  return { dialog, room, drawer, editing, open, close }
})
