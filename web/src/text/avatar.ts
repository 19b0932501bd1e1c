/** A hue for a name: the same everywhere, different enough between neighbours. */
export function hueOf(name: string): number {
  let hash = 7
  for (const letter of name) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % 9973
  return (hash * 47) % 360
}

/** One letter, or the last Han character: given names come last. */
export function initialOf(name: string): string {
  const letters = [...name.trim()]
  const han = letters.filter((letter) => /\p{Script=Han}/u.test(letter))
  return (han.at(-1) ?? letters[0] ?? '?').toUpperCase()
}
