import { operator } from '@/api/operator'
import type { RoomSummary } from '@/api/types'
import { text as t } from '@/i18n'
import { useToasts } from '@/stores/toasts'
import { useListing } from './useListing'

/** Every room, for operators. */
export function useAllRooms() {
  const toasts = useToasts()
  const listing = useListing(async (query) => {
    const { rooms, next } = await operator.rooms(query)
    return { items: rooms, next }
  })

  function changed(room: RoomSummary): void {
    listing.replace((each) => each.uri === room.uri, room)
    toasts.say(t(room.closed ? 'admin.roomClosed' : 'admin.roomOpened', { title: room.title || t('admin.directRoom') }))
  }

  return {
    ...listing,
    close: (uri: string) => operator.closeRoom(uri).then(changed, toasts.complain),
    open: (uri: string) => operator.openRoom(uri).then(changed, toasts.complain),
  }
}
