import type { Command } from '@/api/types'
import { choicesFor, readArguments, type ArgumentHint } from './arguments'
import { commandLine } from './fold'
import { longerCommands, matchCommand, suggestCommands, type Candidate } from './match'

export type CommandPopup =
  | { mode: 'none' }
  | { mode: 'commands'; items: Candidate[]; exact: boolean }
  | { mode: 'arguments'; command: Command; name: string; hint: ArgumentHint; choices: string[]; items: Candidate[] }

/** What the popup over the composer shows for a text (up to the caret). */
export function commandPopup(commands: readonly Command[], text: string, members: readonly string[]): CommandPopup {
  const line = commandLine(text)
  if (line === null || /^\/\s/.test(line)) return { mode: 'none' }
  const match = matchCommand(commands, line)
  if (match && match.rest !== '') {
    const hint = readArguments(match.command.options, match.rest)
    const option = hint.filled[hint.current]?.option
    const choices = option ? choicesFor(option, hint.partial, members) : []
    return { mode: 'arguments', command: match.command, name: match.name, hint, choices, items: longerCommands(commands, line) }
  }
  if (!match && /\s/.test(line) && longerCommands(commands, line).length === 0) return { mode: 'none' }
  return { mode: 'commands', items: suggestCommands(commands, line), exact: match !== null }
}

/** The text after choosing a command: its name and a space, ready for the arguments. */
export function withCommand(candidate: Candidate): string {
  return `${candidate.name} `
}

/** The text after choosing a value for the word being typed. */
export function withChoice(text: string, partial: string, choice: string): string {
  const value = /\s/.test(choice) ? `"${choice}"` : choice
  const head = text.slice(0, text.length - partial.length).replace(/["“]$/, '') // a quote that was opened for it
  return `${head}${value} `
}
