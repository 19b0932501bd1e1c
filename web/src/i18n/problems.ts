import { hasText, text, type TextKey } from './index'
import type { Problem } from '@/api/types'

/** What a person reads when the server says no: chosen by `code`, never the server's English. */
export function problemText(problem: Pick<Problem, 'code'> & Partial<Problem>): string {
  const key: TextKey = `problem.${problem.code}` // a code without a text does not compile
  return text(hasText(key) ? key : 'problem.internal') // one from a newer server
}
