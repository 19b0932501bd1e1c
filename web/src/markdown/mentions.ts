import type { MarkdownIt } from 'markdown-it'

export interface MentionContext {
  names: ReadonlySet<string> // lower case
  me: string
}

const LONGEST_NAME = 32

/** The longest known name that stands after an "@"; without spaces, Chinese text runs on right behind it. */
export function mentionAt(text: string, start: number, names: ReadonlySet<string>): string | null {
  const run = /^[\p{L}\p{N}_-]+/u.exec(text.slice(start, start + LONGEST_NAME * 2))?.[0] ?? ''
  const letters = [...run]
  for (let length = Math.min(letters.length, LONGEST_NAME); length >= 2; length--) {
    const name = letters.slice(0, length).join('')
    const next = letters[length]
    const cutsWord = next !== undefined && /[\w-]/.test(next) && /[\w-]$/.test(name)
    if (!cutsWord && names.has(name.toLowerCase())) return name
  }
  return null
}

/** Draws "@name" of people in the room as a mention. */
export function mentions(markdown: MarkdownIt): void {
  markdown.inline.ruler.before('link', 'mention', (state, silent) => {
    if (state.src[state.pos] !== '@' || /[\w.]$/.test(state.src.slice(0, state.pos))) return false
    const { names, me } = state.env.context as MentionContext
    const name = mentionAt(state.src, state.pos + 1, names)
    if (!name) return false
    if (!silent) {
      const token = state.push('mention', 'span', 0)
      token.content = name
      token.meta = { mine: name.toLowerCase() === me.toLowerCase() }
    }
    state.pos += name.length + 1
    return true
  })
  markdown.renderer.rules.mention = (tokens, index) => {
    const token = tokens[index]
    const mine = (token?.meta as { mine: boolean } | null)?.mine
    return `<span class="mention${mine ? ' mention-me' : ''}">@${markdown.utils.escapeHtml(token?.content ?? '')}</span>`
  }
}
