import { backoff } from './backoff'
import type { ClientAction, ServerEvent } from './events'
import { Pacer } from './pacer'

/** waiting: between two attempts · connecting: hello not answered yet · live: events flow · closed: not wanted */
export type ConnectionState = 'closed' | 'waiting' | 'connecting' | 'live'

export interface SocketHandlers {
  hello: () => Extract<ClientAction, { do: 'hello' }>
  event: (event: ServerEvent) => void
  state: (state: ConnectionState, retryAt: number | null) => void
  /** An attempt ended before hello: the session may be over. Resolves false to stop trying. */
  refused: () => Promise<boolean>
}

const PING_EVERY_MS = 20_000
const PONG_WITHIN_MS = 10_000
const HELLO_WITHIN_MS = 15_000
const SIGNED_OUT = 4001

/** The one WebSocket: says hello, keeps itself alive, comes back by itself with jitter. */
export class RiposteSocket {
  private socket: WebSocket | null = null
  private state: ConnectionState = 'closed'
  private attempt = 0
  private announcedDelay: number | null = null
  private retryTimer = 0
  private watchdog = 0
  private readonly pacer = new Pacer<string>((frames) => frames.forEach((frame) => this.socket && this.receive(frame)))

  constructor(
    private readonly url: string,
    private readonly handlers: SocketHandlers,
  ) {}

  open(): void {
    if (this.state === 'closed') this.connect()
  }

  close(): void {
    this.clearTimers()
    this.detach()
    this.become('closed')
  }

  /** Tries at once: the network is back, or the page is looked at again. */
  nudge(): void {
    if (this.state === 'waiting') this.connect()
  }

  /** False when nothing was sent because the connection is not live. */
  send(action: ClientAction): boolean {
    if (this.state !== 'live' || this.socket?.readyState !== WebSocket.OPEN) return false
    this.socket.send(JSON.stringify(action))
    return true
  }

  private connect(): void {
    this.clearTimers()
    this.become('connecting')
    const socket = new WebSocket(this.url)
    this.socket = socket
    socket.onopen = () => socket.send(JSON.stringify(this.handlers.hello()))
    socket.onmessage = (frame) => this.pacer.push(String(frame.data))
    socket.onclose = (close) => void this.lost(close.code)
    this.expect(HELLO_WITHIN_MS)
  }

  private receive(frame: string): void {
    for (const line of frame.split('\n')) {
      if (!line.trim()) continue
      const event = JSON.parse(line) as ServerEvent
      if (event.event === 'hello') this.welcomed()
      if (event.event === 'bye') this.announcedDelay = event.retry_after_ms ?? null
      this.handlers.event(event)
    }
    if (this.state === 'live') this.keepAlive()
  }

  private welcomed(): void {
    this.attempt = 0
    this.announcedDelay = null
    this.become('live')
  }

  private async lost(code: number): Promise<void> {
    this.pacer.flush()
    const before = this.state
    this.clearTimers()
    this.detach()
    if (before === 'closed') return
    this.become('waiting')
    if ((code === SIGNED_OUT || before !== 'live') && !(await this.handlers.refused())) return this.close()
    if (this.state === 'waiting' && !this.retryTimer) this.retryLater()
  }

  private retryLater(): void {
    const delay = this.announcedDelay ?? 0
    const wait = delay + backoff(this.attempt++)
    this.announcedDelay = null
    this.retryTimer = window.setTimeout(() => this.connect(), wait)
    this.become('waiting', Date.now() + wait)
  }

  private keepAlive(): void {
    clearTimeout(this.watchdog)
    this.watchdog = window.setTimeout(() => {
      this.send({ do: 'ping' })
      this.expect(PONG_WITHIN_MS)
    }, PING_EVERY_MS)
  }

  /** Anything must arrive within the time, or the connection counts as dead: a lost network closes no socket. */
  private expect(within: number): void {
    clearTimeout(this.watchdog)
    this.watchdog = window.setTimeout(() => void this.lost(0), within)
  }

  private detach(): void {
    if (!this.socket) return
    this.socket.onopen = this.socket.onmessage = this.socket.onclose = null
    this.socket.close()
    this.socket = null
  }

  private clearTimers(): void {
    clearTimeout(this.watchdog)
    clearTimeout(this.retryTimer)
    this.retryTimer = 0
  }

  private become(state: ConnectionState, retryAt: number | null = null): void {
    this.state = state
    this.handlers.state(state, retryAt)
  }
}
