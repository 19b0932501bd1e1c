import type { Command } from '@/api/types'
import { normal } from './fold'

export interface Candidate {
  command: Command
  name: string // the prefix or alias that fits what is typed
}

export interface Match extends Candidate {
  rest: string // the line after the name
}

const HAN_END = /\p{Script=Han}$/u

/** The command that the server would run: the longest name that ends at a word boundary. */
export function matchCommand(commands: readonly Command[], line: string): Match | null {
  let best: Match | null = null
  for (const command of commands)
    for (const name of namesOf(command))
      if (name.length > (best?.name.length ?? 0) && begins(line, name)) best = { command, name, rest: line.slice(name.length) }
  return best
}

/** Commands to offer for what is typed so far, the likeliest first. */
export function suggestCommands(commands: readonly Command[], line: string): Candidate[] {
  const typed = normal(line).trimEnd()
  const scored: (Candidate & { score: number })[] = []
  for (const command of commands) {
    const best = namesOf(command)
      .map((name) => ({ command, name, score: score(normal(name), typed) }))
      .reduce((a, b) => (b.score < a.score ? b : a))
    if (best.score < NO_FIT) scored.push(best)
  }
  return scored.sort((a, b) => a.score - b.score || a.name.localeCompare(b.name)).map(({ command, name }) => ({ command, name }))
}

/** Longer commands that what is typed may still become: "/poll" may become "/poll close". */
export function longerCommands(commands: readonly Command[], line: string): Candidate[] {
  const typed = normal(line)
  return suggestCommands(commands, line).filter(({ name }) => normal(name).startsWith(typed) && name.length > typed.trimEnd().length)
}

export function namesOf(command: Command): string[] {
  return [command.prefix, ...command.aliases]
}

function begins(line: string, name: string): boolean {
  if (normal(line.slice(0, name.length)) !== normal(name)) return false
  const next = line.charAt(name.length)
  return next === '' || /\s/.test(next) || HAN_END.test(name)
}

const NO_FIT = 9

function score(name: string, typed: string): number {
  if (name === typed) return 0
  if (name.startsWith(typed)) return 1
  const query = typed.slice(1)
  if (name.split(/\s+/).some((word) => word.startsWith(query))) return 2
  if (name.includes(query)) return 3
  return query.length >= 2 && isSubsequence(query, name) ? 4 : NO_FIT
}

function isSubsequence(query: string, name: string): boolean {
  let at = 0
  for (const letter of query) {
    at = name.indexOf(letter, at) + 1
    if (at === 0) return false
  }
  return true
}
