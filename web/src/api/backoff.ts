const FIRST_MS = 500
const LAST_MS = 20_000

/** Wait before reconnection attempt n (from 0): doubling, with full jitter so that a restart is not met by a stampede. */
export function backoff(attempt: number, random: () => number = Math.random): number {
  const ceiling = Math.min(LAST_MS, FIRST_MS * 2 ** Math.min(attempt, 10))
  return Math.round(ceiling * (0.3 + 0.7 * random()))
}
