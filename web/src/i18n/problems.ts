import { hasText, text } from './index'
import type { Problem } from '@/api/types'

/** What a person reads when the server says no: chosen by `code`, never the server's English. */
export function problemText(problem: Pick<Problem, 'code'> & Partial<Problem>): string {
  const key = `problem.${problem.code}`
  return hasText(key) ? text(key) : text('problem.internal')
}
