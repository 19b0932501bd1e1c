// A real server on a free port in a temporary folder, serving the built client.
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, mkdir, mkdtemp, open, readFile, rename, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

export const BUILD = process.env.RIPOSTE_BUILD
const BINARY = process.env.RIPOSTE_BINARY
const WEB_ROOT = fileURLToPath(new URL('../../web/dist', import.meta.url))
// A deadline is for what never comes; loaded machines are slow.
export const WITHIN = 1000 * Number(process.env.RIPOSTE_TEST_PATIENCE ?? 30)
export const PASSWORD = 'correct horse'

export class Server {
  static async start() {
    const server = new Server(await mkdtemp(join(tmpdir(), 'riposte-browser-')), await freePort())
    await server.start()
    return server
  }

  constructor(folder, port) {
    this.folder = folder
    this.port = port
    this.url = `http://127.0.0.1:${port}`
    this.inbox = join(folder, 'data/plugins')
  }

  async start() {
    await mkdir(this.inbox, { recursive: true })
    const log = await open(join(this.folder, 'server.log'), 'a')
    this.process = spawn(BINARY, ['serve'], { cwd: this.folder, stdio: ['ignore', log.fd, log.fd], env: { ...process.env, ...this.settings() } })
    await log.close()
    const deadline = Date.now() + 4 * WITHIN
    while (!(await this.isReady())) {
      if (this.process.exitCode !== null || Date.now() > deadline) throw new Error(`the server does not come up:\n${await this.log()}`)
      await pause(50)
    }
  }

  settings() {
    return {
      RIPOSTE_HTTP__PORT: String(this.port), RIPOSTE_HTTP__ADDRESS: '127.0.0.1', RIPOSTE_HTTP__DRAIN_S: '3', RIPOSTE_HTTP__WEB_ROOT: WEB_ROOT,
      RIPOSTE_DATA__DIRECTORY: join(this.folder, 'data'), RIPOSTE_PLUGINS__DIRECTORY: this.inbox,
      RIPOSTE_PLUGINS__BUNDLED_DIRECTORY: join(BUILD, 'plugins'), RIPOSTE_AUTH__ARGON_MEMORY_MIB: '8', RIPOSTE_AUTH__ARGON_PASSES: '1',
      RIPOSTE_LIMITS__POSTS_PER_10S: '100000', RIPOSTE_LIMITS__REQUESTS_PER_10S: '100000', RIPOSTE_LOG__FORMAT: 'json',
    }
  }

  async isReady() {
    return fetch(`${this.url}/readyz`).then((answer) => answer.ok, () => false)
  }

  log() {
    return readFile(join(this.folder, 'server.log'), 'utf8')
  }

  /** The one-time link that makes the first account an administrator; in the log a moment after the server is ready. */
  async adminLink() {
    for (const deadline = Date.now() + WITHIN; ; await new Promise((resolve) => setTimeout(resolve, 20))) {
      const found = /http[^"]+\/welcome\/[^"]+/.exec(await this.log())
      if (found || Date.now() > deadline) return found[0]
    }
  }

  /** As a power cut for the process. */
  async kill() {
    this.process.kill('SIGKILL')
    await once(this.process, 'exit')
  }

  async stop() {
    if (this.process.exitCode !== null || this.process.signalCode) return
    this.process.kill('SIGTERM')
    await once(this.process, 'exit')
  }

  async close() {
    await this.stop()
    await rm(this.folder, { recursive: true, force: true })
  }

  /** Puts a build into the inbox as a careful operator does: under another name, then renamed. */
  async installs(fixture, name) {
    const hidden = join(this.inbox, `.${name}.tmp`)
    await copyFile(join(BUILD, 'tests/fixtures/plugins', `${fixture}.so`), hidden)
    await rename(hidden, join(this.inbox, `${name}.so`))
  }

  /** `riposte` as this server's operator types it. */
  async operates(...words) {
    return (await promisify(execFile)(BINARY, words, { cwd: this.folder, env: { ...process.env, ...this.settings() } })).stdout
  }

  /** One REST call with a bearer token, for what a story needs but is not about. */
  async rest(method, path, body, token) {
    const answer = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: { 'Content-Type': 'application/json', ...(token ? { Authorization: `Bearer ${token}` } : {}) },
      body: body && JSON.stringify(body),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
    return text ? JSON.parse(text) : null
  }

  async signUp(name, fields = {}) {
    return (await this.rest('POST', '/users', { name, password: PASSWORD, bearer: true, ...fields })).token
  }

  async post(room, text, token) {
    await this.rest('POST', `/rooms/${room}/messages`, { client_msg_id: crypto.randomUUID(), text }, token)
  }
}

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address()
  probe.close()
  return port
}
