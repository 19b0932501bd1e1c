const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** The text grown by a chunk that begins at byte `offset`; null when bytes between are missing. */
export function grow(text: string, offset: number, chunk: string): string | null {
  const known = encoder.encode(text)
  if (offset > known.length) return null
  const added = encoder.encode(chunk)
  const overlap = known.length - offset
  if (overlap >= added.length) return text
  return text + decoder.decode(added.subarray(overlap))
}
