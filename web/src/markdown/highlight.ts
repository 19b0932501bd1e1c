import type { HLJSApi } from 'highlight.js'
import { LANGUAGES, languageOf } from './languages'

const LONGEST = 40_000 // characters; longer blocks stay plain rather than hold up the page

let core: HLJSApi | null = null
const loading = new Set<string>()
const listeners = new Set<() => void>()

/** Calls back whenever a language has arrived, so that shown blocks can be drawn again. */
export function onLanguageLoaded(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Highlighted HTML, or null while the language is not here (it is then fetched) or not known. */
export function highlight(code: string, info: string): string | null {
  const language = languageOf(info)
  if (!language || code.length > LONGEST) return null
  if (core?.getLanguage(language)) return core.highlight(code, { language, ignoreIllegals: true }).value
  void load(language)
  return null
}

async function load(language: string): Promise<void> {
  const loader = LANGUAGES[language]
  if (!loader || loading.has(language)) return
  loading.add(language)
  const [library, definition] = await Promise.all([import('highlight.js/lib/core'), loader()])
  core = library.default
  core.registerLanguage(language, definition.default)
  for (const listener of listeners) listener()
}
