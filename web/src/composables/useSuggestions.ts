import { computed, ref, watch, type Ref } from 'vue'
import type { SuggestedValue, User } from '@/api/types'
import type { Candidate } from '@/commands/match'
import { namesOf } from '@/commands/match'
import { normal, commandLine } from '@/commands/fold'
import { commandPopup, withChoice, withCommand, type CommandPopup } from '@/commands/popup'
import { askedAbout } from '@/commands/suggested'
import { mentionQuery, withMention } from '@/text/mentions'
import { useCatalogue } from '@/stores/catalogue'
import { useMembers } from '@/stores/members'
import { useRoomPlugins } from '@/stores/roomPlugins'
import { nameOf } from '@/text/names'
import { useSuggestedValues } from './useSuggestedValues'

export type Suggestion =
  | { kind: 'command'; key: string; candidate: Candidate }
  | { kind: 'choice'; key: string; value: string }
  | { kind: 'value'; key: string; value: string; description: string } // suggested by the plugin
  | { kind: 'member'; key: string; user: User }

const MOST = 40

/** What the popup over the composer offers for the text before the caret, and which line of it is chosen. */
export function useSuggestions(room: string, text: Ref<string>, caret: Ref<number>) {
  const catalogue = useCatalogue()
  const members = useMembers()
  const plugins = useRoomPlugins()
  const dismissed = ref<string | null>(null) // the text for which Escape closed it
  const index = ref(0)

  const before = computed(() => text.value.slice(0, caret.value))
  const people = computed(() => members.of(room).map((member) => member.user))
  const popup = computed((): CommandPopup =>
    dismissed.value === before.value
      ? { mode: 'none' }
      : commandPopup(plugins.commandsIn(room, catalogue.commands), before.value, people.value.map((user) => user.name)),
  )
  const suggested = useSuggestedValues(room, computed(() => askedAbout(popup.value, before.value)))
  const items = computed((): Suggestion[] => {
    const current = popup.value
    if (current.mode === 'commands') return current.items.map(commandItem).slice(0, MOST)
    if (current.mode === 'arguments')
      return [...current.items.map(commandItem), ...current.choices.map(choiceItem), ...suggested.value.map(valueItem)].slice(0, MOST)
    return dismissed.value === before.value ? [] : membersLike(mentionQuery(before.value))
  })
  // A line is chosen beforehand where Enter can only mean "complete this": not behind a command that is whole already.
  const eager = computed(() => popup.value.mode === 'none' || (popup.value.mode === 'commands' && !popup.value.exact))
  const chosen = computed(() => items.value[index.value] ?? null)

  watch(before, () => (index.value = eager.value ? 0 : -1))

  function membersLike(query: string | null): Suggestion[] {
    if (query === null) return []
    const typed = query.toLowerCase()
    return people.value
      .filter((user) => user.name.toLowerCase().includes(typed) || nameOf(user).toLowerCase().includes(typed))
      .sort((a, b) => Number(b.name.toLowerCase().startsWith(typed)) - Number(a.name.toLowerCase().startsWith(typed)))
      .slice(0, 8)
      .map((user) => ({ kind: 'member', key: user.name, user }))
  }

  function move(step: number): void {
    const count = items.value.length
    index.value = index.value < 0 ? (step > 0 ? 0 : count - 1) : (index.value + step + count) % count
  }

  /** The text and caret after taking a suggestion. */
  function accept(suggestion: Suggestion): { text: string; caret: number } {
    const head = completed(suggestion)
    return { text: head + text.value.slice(caret.value).replace(/^ /, ''), caret: head.length }
  }

  function completed(suggestion: Suggestion): string {
    if (suggestion.kind === 'command') return withCommand(suggestion.candidate)
    if (suggestion.kind === 'member') return withMention(before.value, suggestion.user.name)
    return withChoice(before.value, popup.value.mode === 'arguments' ? popup.value.hint.partial : '', suggestion.value)
  }

  /** Enter sends what is written out in full rather than completing it once more. */
  function isWrittenOut(suggestion: Suggestion): boolean {
    if (suggestion.kind === 'member') return mentionQuery(before.value)?.toLowerCase() === suggestion.user.name.toLowerCase()
    const line = normal(commandLine(text.value.trim()) ?? '')
    return suggestion.kind === 'command' && namesOf(suggestion.candidate.command).some((name) => normal(name) === line)
  }

  return { popup, items, index, chosen, move, accept, isWrittenOut, dismiss: () => (dismissed.value = before.value) }
}

function choiceItem(value: string): Suggestion {
  return { kind: 'choice', key: value, value }
}

function valueItem({ value, description }: SuggestedValue): Suggestion {
  return { kind: 'value', key: `value:${value}`, value, description }
}

function commandItem(candidate: Candidate): Suggestion {
  return { kind: 'command', key: `${candidate.command.plugin}:${candidate.command.prefix}`, candidate }
}
