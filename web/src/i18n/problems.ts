import { hasText, text, type TextKey } from './index'
import type { Problem } from '@/api/types'

/** Where one code says more by what it is about. */
const BY_ARGUMENT: Record<string, TextKey> = {
  'too_large quota': 'problem.quota',
  'too_large tokens': 'tokens.tooMany',
  'rate_limited slow_mode': 'problem.slow_mode',
}

/** What a person reads when the server says no: chosen by `code`, never the server's English. */
export function problemText(problem: Pick<Problem, 'code'> & Partial<Problem>): string {
  if (problem.code === 'command_not_allowed' && problem.argument) return text('problem.plugin_not_here') // the plugin's name stands before it
  const key: TextKey = BY_ARGUMENT[`${problem.code} ${problem.argument ?? ''}`] ?? `problem.${problem.code}` // a code without a text does not compile
  return text(hasText(key) ? key : 'problem.internal') // one from a newer server
}
