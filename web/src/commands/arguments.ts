import type { CommandOption } from '@/api/types'

export interface Token {
  text: string // without quotes
  start: number
  end: number
}

export interface Filled {
  option: CommandOption
  value: string | null
  token: Token | null
}

export interface ArgumentHint {
  filled: Filled[]
  current: number // index of the option that the end of the line is about; -1 when there is none left
  partial: string // what is typed of it
}

/** Words of the line after the command's name; quotes hold spaces together. */
export function tokenize(rest: string): Token[] {
  const tokens: Token[] = []
  for (const found of rest.matchAll(/(?:[^\s"]|"[^"]*"?)+/g))
    tokens.push({ text: found[0].replaceAll('"', ''), start: found.index, end: found.index + found[0].length })
  return tokens
}

/** Which option each word fills, and which one comes next. A hint for the eye: the server parses for itself. */
export function readArguments(options: readonly CommandOption[], rest: string): ArgumentHint {
  const filled: Filled[] = options.map((option) => ({ option, value: null, token: null }))
  let current = -1
  for (const token of tokenize(rest)) {
    const slot = namedSlot(filled, token) ?? filled.findIndex((one) => one.value === null)
    const taken = filled[slot]
    if (!taken) break
    const equals = namedSlot(filled, token) === null ? 0 : token.text.indexOf('=') + 1
    taken.token = token
    taken.value = taken.option.rest && !equals ? rest.slice(token.start) : token.text.slice(equals)
    current = slot
    if (taken.option.rest) return { filled, current, partial: taken.value }
  }
  if (rest === '' || /\s$/.test(rest)) return { filled, current: filled.findIndex((one) => one.value === null), partial: '' }
  return { filled, current, partial: filled[current]?.value ?? '' }
}

function namedSlot(filled: readonly Filled[], token: Token): number | null {
  const name = /^([^\s="]+)=/.exec(token.text)?.[1]
  const index = filled.findIndex((one) => one.option.name === name)
  return index < 0 ? null : index
}

/** True when a finished value can't be right; what is still being typed is left alone. */
export function looksWrong({ option, value }: Filled): boolean {
  if (value === null) return false
  if (option.type === 'choice') return !option.choices?.includes(value)
  if (option.type !== 'integer' && option.type !== 'number') return false
  const number = Number(value)
  if (Number.isNaN(number) || (option.type === 'integer' && !Number.isInteger(number))) return true
  return number < (option.minimum ?? -Infinity) || number > (option.maximum ?? Infinity)
}

/** Values to offer for an option, filtered by what is typed of it. */
export function choicesFor(option: CommandOption, partial: string, members: readonly string[]): string[] {
  const all = option.type === 'user' ? members : option.type === 'boolean' ? ['true', 'false'] : (option.choices ?? [])
  const typed = partial.replace(/^@/, '').toLowerCase()
  return all.filter((choice) => choice.toLowerCase().startsWith(typed) && choice.toLowerCase() !== typed)
}
