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

export const OFFLINE: Problem = { status: 0, code: 'offline' }

type Query = Record<string, string | number | boolean | undefined>

interface Request {
  body?: unknown
  query?: Query
  language?: string
}

/** One REST call under /api/v1; throws ApiProblem on every answer but 2xx. */
export async function request<Answer>(method: string, path: string, { body, query, language }: Request = {}): Promise<Answer> {
  const headers: Record<string, string> = { Accept: 'application/json' }
  if (body !== undefined) headers['Content-Type'] = 'application/json'
  if (language) headers['Accept-Language'] = language
  const response = await fetch(`/api/v1${path}${queryString(query)}`, {
    method,
    headers,
    body: body === undefined ? undefined : JSON.stringify(body),
    credentials: 'same-origin',
  }).catch(() => {
    throw new ApiProblem(OFFLINE)
  })
  if (!response.ok) throw new ApiProblem(await problemOf(response))
  return (response.status === 204 ? undefined : await response.json()) as Answer
}

function queryString(query: Query | undefined): string {
  const entries = Object.entries(query ?? {}).filter(([, value]) => value !== undefined)
  return entries.length ? `?${new URLSearchParams(entries.map(([key, value]) => [key, String(value)]))}` : ''
}

async function problemOf(response: Response): Promise<Problem> {
  const body = (await response.json().catch(() => ({}))) as Partial<Problem>
  return { ...body, status: response.status, code: body.code ?? (response.status >= 502 ? 'offline' : 'internal') }
}

/** A path segment: user names may be of any script. */
export const segment = encodeURIComponent
