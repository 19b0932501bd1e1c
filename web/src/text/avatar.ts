const HUES = [8, 28, 46, 92, 178, 204, 228, 262, 292, 330]

/** A hue for a name: the same everywhere, different enough between neighbours. */
export function hueOf(name: string): number {
  let hash = 2166136261
  for (const letter of name) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 16777619)
  return HUES[(hash >>> 8) % HUES.length] ?? 0
}

/** One letter, or the last Han character: given names come last. */
export function initialOf(name: string): string {
  const letters = [...name.trim()]
  const han = letters.filter((letter) => /\p{Script=Han}/u.test(letter))
  return (han.at(-1) ?? letters[0] ?? '?').toUpperCase()
}
