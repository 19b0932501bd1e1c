const AROUND = 24 // characters shown on each side

export interface Excerpt {
  before: string
  at: string
  after: string
}

/** The place in a command that the server points at; positions count code points. */
export function excerptAt(text: string, position: number): Excerpt {
  const letters = [...text]
  const word = /^\S+/.exec(letters.slice(position).join(''))?.[0] ?? ''
  const end = position + [...word].length
  const start = Math.max(0, position - AROUND)
  return {
    before: (start > 0 ? '…' : '') + letters.slice(start, position).join(''),
    at: word || '␣',
    after: letters.slice(end, end + AROUND).join('') + (end + AROUND < letters.length ? '…' : ''),
  }
}

/** Where the word that is still being typed begins: what stands before it is meant to be right. */
export function finishedUpTo(text: string): number {
  return [...text].length - [...(/\S*$/.exec(text)?.[0] ?? '')].length
}
