const WIDE: Record<string, string> = { '　': ' ', '＝': '=', '“': '"', '”': '"' }

/** What a Chinese keyboard types, as the server reads it: full-width spaces, digits, `＝“”`. One character for one. */
export function fold(text: string): string {
  return text.replace(/[　＝“”０-９]/g, (wide) => WIDE[wide] ?? String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
}

/** The text as a command line beginning with "/", or null when it is an ordinary message. */
export function commandLine(text: string): string | null {
  if (!/^[/／、](?![/／、])/.test(text)) return null
  return `/${fold(text.slice(1))}`
}

/** Names compare without ASCII case, in NFC. */
export function normal(name: string): string {
  return name.normalize('NFC').replace(/[A-Z]/g, (letter) => letter.toLowerCase())
}
