const PAUSE_MS = 100 // between two draws of a burst; what is typed meanwhile finds the page free

/**
 * Hands items on in order: the first at once, those that follow soon together after a pause. A burst is thus drawn ten
 * times a second, however many messages it holds.
 */
export class Pacer<Item> {
  private waiting: Item[] = []
  private pausing = false

  constructor(private readonly deliver: (items: readonly Item[]) => void) {}

  push(item: Item): void {
    this.waiting.push(item)
    if (!this.pausing) this.flush()
  }

  /** What waits, now. */
  flush(): void {
    const items = this.waiting
    if (!items.length) return
    this.waiting = []
    this.pause()
    this.deliver(items)
  }

  private pause(): void {
    if (this.pausing) return
    this.pausing = true
    setTimeout(() => {
      this.pausing = false
      this.flush()
    }, PAUSE_MS)
  }
}
