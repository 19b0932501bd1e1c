export const LONGEST_TEXT = 16 * 1024 // bytes, as the server has it

export function byteLength(text: string): number {
  return new TextEncoder().encode(text).length
}

export function fileSize(bytes: number, locale: string): string {
  const megabytes = bytes / (1024 * 1024)
  return `${new Intl.NumberFormat(locale, { maximumFractionDigits: megabytes < 10 ? 1 : 0 }).format(megabytes)} MB`
}
