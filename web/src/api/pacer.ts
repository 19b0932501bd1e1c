const HIDDEN_MS = 100 // a hidden page draws no frames

/**
 * Hands items on in order: the first at once, those that follow within the same frame together at its end. A burst is
 * thus drawn once a frame, however many messages it holds.
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
    const over = () => {
      cancelAnimationFrame(frame)
      clearTimeout(timer)
      this.pausing = false
      this.flush()
    }
    const frame = requestAnimationFrame(over)
    const timer = setTimeout(over, HIDDEN_MS)
  }
}
