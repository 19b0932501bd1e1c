/** True when the text mentions the name: "@ann" but not "@anna" or "mail@ann". */
export function mentionsName(text: string, name: string): boolean {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const tail = /[a-z0-9_-]$/i.test(name) ? '(?![A-Za-z0-9_-])' : ''
  return new RegExp(`(?:^|[^A-Za-z0-9_.])@${escaped}${tail}`, 'i').test(text)
}

/** What is typed of a name after an "@" at the end of the text; null when there is none. */
export function mentionQuery(text: string): string | null {
  return /(?:^|[^\p{L}\p{N}_.])@([\p{L}\p{N}_-]{0,32})$/u.exec(text)?.[1] ?? null
}

export function withMention(text: string, name: string): string {
  return text.replace(/@[\p{L}\p{N}_-]*$/u, `@${name} `)
}
