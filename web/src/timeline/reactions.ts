import type { Message, Reaction } from '@/api/types'

/** A message after somebody gave an emoji or took it back. Doing it twice is doing it once. */
export function withReaction(message: Message, emoji: string, name: string, added: boolean): Message {
  const reactions = message.reactions ?? []
  const known = reactions.find((reaction) => reaction.emoji === emoji)
  if ((known?.names.includes(name) ?? false) === added) return message
  if (!known) return { ...message, reactions: [...reactions, { emoji, names: [name] }] }
  const names = added ? [...known.names, name] : known.names.filter((other) => other !== name)
  const changed: Reaction = { emoji, names }
  return { ...message, reactions: reactions.map((reaction) => (reaction === known ? changed : reaction)).filter(({ names }) => names.length > 0) }
}
