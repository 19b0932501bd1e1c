import type { Room, User } from '@/api/types'
import { text } from '@/i18n'

export function nameOf(user: Pick<User, 'name' | 'display_name'> | null): string {
  return user?.display_name || user?.name || text('timeline.deletedUser')
}

/** The host's own commands are called by the name of the platform. */
export function pluginName(plugin: string): string {
  return plugin === '' || plugin === 'riposte' ? text('app.name') : plugin
}

export function roomTitle(room: Room): string {
  return room.kind === 'direct' ? nameOf(room.peer) : room.title
}
