/** The key belongs to an input method: Enter confirms a candidate, it sends nothing. Android says 229 for most keys. */
export function isComposing(event: Pick<KeyboardEvent, 'isComposing' | 'keyCode'>): boolean {
  return event.isComposing || event.keyCode === 229
}
