import { describe, expect, it } from 'vitest'
import type { Command, CommandOption } from '@/api/types'
import { looksWrong, readArguments } from '@/commands/arguments'
import { commandLine } from '@/commands/fold'
import { longerCommands, matchCommand, suggestCommands } from '@/commands/match'
import { commandPopup, withChoice } from '@/commands/popup'
import { excerptAt } from '@/commands/position'

function option(name: string, change: Partial<CommandOption> = {}): CommandOption {
  return { name, type: 'text', required: true, summary: '', choices: [], minimum: null, maximum: null, default: null, rest: false, suggests: false, ...change }
}
function command(prefix: string, change: Partial<Command> = {}): Command {
  return { prefix, aliases: [], summary: '', usage: prefix, plugin: 'p', audience: 'anyone', visibility: 'room', options: [], ...change }
}

const catalogue = [
  command('/dice', { aliases: ['/骰子'], options: [option('sides', { type: 'integer', minimum: 2, maximum: 1000 })] }),
  command('/poll', { options: [option('question'), option('kind', { type: 'choice', choices: ['single', 'many'], required: false })] }),
  command('/poll close'),
  command('/天气', { options: [option('city')] }),
]
const names = (list: { name: string }[]) => list.map((one) => one.name)

describe('a command line', () => {
  it.each([
    ['/dice', '/dice'],
    ['／dice', '/dice'],
    ['、天气', '/天气'],
    ['/dice　２０', '/dice 20'],
    ['/say ＝“a”', '/say ="a"'],
  ])('%s reads as %s', (typed, line) => expect(commandLine(typed)).toBe(line))

  it.each(['hello', '//literal', '', ' /dice'])('%j is an ordinary message', (typed) => expect(commandLine(typed)).toBeNull())
})

describe('finding the command', () => {
  it.each([
    ['/poll close', '/poll close'],
    ['/poll closed', '/poll'],
    ['/POLL x', '/poll'],
    ['/天气北京', '/天气'],
    ['/骰子 6', '/骰子'],
  ])('%s runs %s', (line, name) => expect(matchCommand(catalogue, line)?.name).toBe(name))

  it.each(['/dicey', '/pol', '/'])('%s runs nothing', (line) => expect(matchCommand(catalogue, line)).toBeNull())
})

describe('offering commands', () => {
  it('lists all for a bare slash, the likeliest first for more', () => {
    expect(suggestCommands(catalogue, '/')).toHaveLength(4)
    expect(names(suggestCommands(catalogue, '/po'))).toEqual(['/poll', '/poll close'])
    expect(names(suggestCommands(catalogue, '/close'))).toEqual(['/poll close'])
    expect(names(suggestCommands(catalogue, '/dce'))).toEqual(['/dice'])
  })

  it('shows the alias that fits', () => expect(names(suggestCommands(catalogue, '/骰'))).toEqual(['/骰子']))

  it('knows what a command may still become', () => {
    expect(names(longerCommands(catalogue, '/poll '))).toEqual(['/poll close'])
    expect(names(longerCommands(catalogue, '/poll x'))).toEqual([])
  })
})

describe('the popup', () => {
  const popup = (text: string) => commandPopup(catalogue, text, ['ann', 'bo'])

  it('opens for every kind of slash and for nothing else', () => {
    for (const text of ['/', '／', '、']) expect(popup(text)).toMatchObject({ mode: 'commands' })
    for (const text of ['', 'a/b', '//', '/ x', '/nothing at all']) expect(popup(text)).toEqual({ mode: 'none' })
  })

  it('tells which argument is being typed', () => {
    expect(popup('/dice ')).toMatchObject({ mode: 'arguments', hint: { current: 0, partial: '' } })
    expect(popup('/poll "two words" ')).toMatchObject({ mode: 'arguments', hint: { current: 1 }, choices: ['single', 'many'] })
    expect(popup('/poll x ma')).toMatchObject({ choices: ['many'] })
    expect(popup('/poll kind=si')).toMatchObject({ hint: { current: 1, partial: 'si' }, choices: ['single'] })
  })

  it('completes the word being typed', () => {
    expect(withChoice('/poll x ma', 'ma', 'many')).toBe('/poll x many ')
    expect(withChoice('/poll ', '', 'two words')).toBe('/poll "two words" ')
    expect(withChoice('/poll "two w', 'two w', 'two words')).toBe('/poll "two words" ')
  })
})

describe('arguments', () => {
  it('let the last one take the rest of the line', () => {
    const hint = readArguments([option('when'), option('what', { rest: true })], ' 10m drink the tea')
    expect(hint.filled.map((one) => one.value)).toEqual(['10m', 'drink the tea'])
  })

  it.each([
    ['1', true], ['1001', true], ['x', true], ['2.5', true], ['6', false],
  ])('sides=%s is wrong: %s', (value, wrong) => {
    const sides = catalogue[0]?.options[0] ?? option('none')
    expect(looksWrong({ option: sides, value, token: null })).toBe(wrong)
  })
})

describe('pointing at the character', () => {
  it('counts code points, not UTF-16 units', () => {
    expect(excerptAt('/掷 🎲🎲 x6', 6)).toEqual({ before: '/掷 🎲🎲 ', at: 'x6', after: '' })
  })

  it('shows where something is missing', () => expect(excerptAt('/weather', 8)).toMatchObject({ before: '/weather', at: '␣' }))
})
