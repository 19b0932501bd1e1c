import createClient from 'openapi-fetch'
import type { paths } from './schema'
import type { Problem } from './types'

/** The server said no, or (status 0, code "offline") could not be asked. */
export class ApiProblem extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail || problem.title || problem.code)
    this.name = 'ApiProblem'
  }

  get code(): string {
    return this.problem.code
  }
}

const OFFLINE: Problem = { status: 0, code: 'offline' }
const BEHIND_US = 502 // from here on it is a proxy that answers, not Riposte

/** Every path, parameter and body is checked against docs/openapi.yaml by the compiler. */
export const client = createClient<paths>({ baseUrl: '/api/v1', credentials: 'same-origin' })

type Call<Answer> = Promise<{ data?: Answer; error?: unknown; response: Response }>

/** The answer of a call; throws ApiProblem on everything but 2xx. */
export async function answer<Answer>(call: Call<Answer>): Promise<Answer> {
  const { data, error, response } = await call.catch(() => {
    throw new ApiProblem(OFFLINE)
  })
  if (!response.ok) throw new ApiProblem(problemOf(error, response.status))
  return data as Answer
}

function problemOf(body: unknown, status: number): Problem {
  if (typeof body === 'object' && body !== null && 'code' in body) return { ...(body as Problem), status }
  return status >= BEHIND_US ? OFFLINE : { status, code: 'internal' }
}
