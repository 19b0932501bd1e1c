import assert from 'node:assert/strict'
import { PASSWORD, WITHIN } from './server.mjs'

// What a browser says when the server is not there, as some stories will have it; everything else is a fault.
const EXPECTED = /ERR_CONNECTION_REFUSED|ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|WebSocket connection|status of (401|403|404|409|410|422|429|503)/

/** Somebody at a browser: acts and sees as a person does, by roles and words. */
export class Person {
  constructor(page, server) {
    this.page = page
    this.server = server
    this.faults = []
    page.setDefaultTimeout(WITHIN)
    page.on('pageerror', (error) => this.faults.push(String(error.stack)))
    page.on('console', (message) => {
      if (message.type() === 'error' && !EXPECTED.test(message.text())) this.faults.push(message.text())
    })
  }

  get composer() {
    return this.page.getByRole('textbox', { name: /^(Message to|发送到)/ })
  }

  get feed() {
    return this.page.getByRole('feed')
  }

  get room() {
    return /\/r\/([^/?]+)/.exec(this.page.url())?.[1]
  }

  button(name) {
    return this.page.getByRole('button', { name, exact: true })
  }

  message(text) {
    return this.feed.getByRole('article').filter({ hasText: text })
  }

  async signsUp(name, path = '/sign-up') {
    this.name = name
    await this.page.goto(path)
    await this.page.getByLabel('Name', { exact: true }).fill(name)
    await this.page.getByLabel('Password').fill(PASSWORD)
    await this.button('Create account').click()
    await this.page.waitForURL((url) => !url.pathname.startsWith(path.replace(this.server.url, '').slice(0, 5)))
  }

  async signsIn(name, path = '/sign-in') {
    this.name = name
    await this.page.goto(path)
    await this.page.getByLabel('Name', { exact: true }).fill(name)
    await this.page.getByLabel('Password').fill(PASSWORD)
    await this.button('Sign in').click()
    await this.page.waitForURL((url) => url.pathname !== '/sign-in')
  }

  /** Makes a room and gives the link that the dialog offers to copy. */
  async createsRoom(title, { open = false } = {}) {
    await this.button('New room').first().click()
    await this.page.getByLabel('Title').fill(title)
    if (open) await this.page.getByText('Listed; anyone on this server can join.').click()
    await this.button('Create room').click()
    const link = await this.page.getByLabel('Copy link').inputValue()
    await this.button('Go to the room').click()
    await this.composer.waitFor()
    await this.until('the field has the focus', () => this.page.evaluate(() => document.activeElement.id === 'composer'))
    return link
  }

  /** Has an account and its session in this browser already, as after signsUp(); nothing is opened yet but the room of an invite. */
  async isNew(name, link = '') {
    this.name = name
    const [, kind, token] = /\/(join|welcome)\/([^/]+)$/.exec(link) ?? []
    await this.asks('POST', '/users', { name, password: PASSWORD, ...(kind === 'join' && { invite: token }), ...(kind === 'welcome' && { link: token }) })
    if (kind !== 'join') return
    const { rooms } = await this.asks('GET', '/rooms')
    await this.goesTo(rooms[0].uri)
  }

  /** Signed in already, as after signsIn(); nothing is opened yet. */
  async isThere(name) {
    this.name = name
    await this.asks('POST', '/sessions', { name, password: PASSWORD })
  }

  /** A new room of this person's, opened, as after createsRoom(); gives the link of its invite. */
  async hasRoom(title) {
    const { room, invite } = await this.asks('POST', '/rooms', { title })
    await this.goesTo(room.uri)
    await this.until('the field has the focus', () => this.page.evaluate(() => document.activeElement.id === 'composer'))
    return invite.url
  }

  /** A request with this browser's session, for what a story needs but is not about. */
  async asks(method, path, data) {
    const answer = await this.page.context().request.fetch(`/api/v1${path}`, { method, data, headers: { Origin: this.server.url } })
    if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${await answer.text()}`)
    return answer.json()
  }

  async goesTo(room) {
    await this.page.goto(`/r/${room}`)
    await this.composer.waitFor()
  }

  async types(text) {
    await this.composer.click()
    await this.page.keyboard.type(text)
  }

  async says(text) {
    await this.composer.fill(text)
    await this.composer.press('Enter')
  }

  async sees(text) {
    await this.message(text).first().waitFor()
  }

  async seesText(text) {
    await this.page.getByText(text).first().waitFor()
  }

  async seesNo(text) {
    assert.equal(await this.message(text).count(), 0, `${this.name} must not see ${text}`)
  }

  /** The bodies of the messages on the page, in their order. */
  async messages() {
    return (await this.feed.getByRole('article').locator('.markdown').allInnerTexts()).map((text) => text.trim())
  }

  /** From now on the line to the server can be cut; before the page is opened. */
  async hasALine() {
    const line = { open: true, sockets: [] }
    await this.page.routeWebSocket('**/api/v1/socket', (socket) => {
      if (!line.open) return void socket.close()
      socket.connectToServer()
      line.sockets.push(socket)
    })
    this.line = line
  }

  async cutsTheLine() {
    this.line.open = false
    for (const socket of this.line.sockets.splice(0)) await socket.close()
  }

  mendsTheLine() {
    this.line.open = true
  }

  /** Everything in the room is marked as read. */
  async hasRead(title) {
    const link = this.page.getByRole('navigation').getByRole('link', { name: title })
    await this.until(`${title} is read`, async () => !/unread/.test(await link.innerText()))
  }

  /** Waits until the condition holds; its deadline is ours. */
  async until(what, condition) {
    const deadline = Date.now() + WITHIN
    for (;;) {
      if (await condition()) return
      assert.ok(Date.now() < deadline, `${this.name} waited in vain: ${what}`)
      await this.page.waitForTimeout(50)
    }
  }
}
