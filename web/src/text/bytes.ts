export const LONGEST_TEXT = 16 * 1024 // bytes, as the server has it

export function byteLength(text: string): number {
  return new TextEncoder().encode(text).length
}

const UNITS = ['B', 'KB', 'MB', 'GB']

export function fileSize(bytes: number, locale: string): string {
  const power = Math.min(UNITS.length - 1, bytes > 0 ? Math.floor(Math.log2(bytes) / 10) : 0)
  const value = bytes / 1024 ** power
  return `${new Intl.NumberFormat(locale, { maximumFractionDigits: power > 1 && value < 10 ? 1 : 0 }).format(value)} ${UNITS[power]}`
}
