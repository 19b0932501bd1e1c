// Finding one's way in what others wrote, and what the page says when it, or the line, is out of date.
import assert from 'node:assert/strict'
import { story } from './story.mjs'

const entry = (person, title) => person.page.getByRole('navigation').getByRole('link', { name: title })

async function annWithRooms(visit, server, ...titles) {
  const ann = await visit()
  await ann.isNew('ann')
  const rooms = []
  const bo = await server.signUp('bo')
  for (const title of titles) {
    const link = await ann.hasRoom(title)
    await server.rest('POST', `/invites/${link.split('/').at(-1)}`, {}, bo)
    rooms.push(ann.room)
  }
  return { ann, bo, rooms }
}

story('everything is marked as read by one button', async ({ visit, server }) => {
  const { ann, bo, rooms } = await annWithRooms(visit, server, 'Tea', 'Plans', 'Here')
  for (const room of rooms.slice(0, 2)) for (const text of ['one', 'two']) await server.post(room, text, bo)
  for (const title of ['Tea', 'Plans']) await ann.until(`${title} is unread`, async () => /2 unread/.test(await entry(ann, title).innerText()))
  await ann.button('Mark all as read').click()
  for (const title of ['Tea', 'Plans']) await ann.until(`${title} is read`, async () => !/unread/.test(await entry(ann, title).innerText()))
  assert.equal(await ann.button('Mark all as read').count(), 0)
  await ann.page.reload()
  await entry(ann, 'Tea').waitFor()
  assert.doesNotMatch(await entry(ann, 'Tea').innerText(), /unread/)
})

story('the link to an old message opens the conversation around it', async ({ visit, server }) => {
  const { ann, bo, rooms: [tea] } = await annWithRooms(visit, server, 'Tea')
  for (let number = 1; number <= 240; number++) await server.post(tea, `number ${number}`, bo)
  const { messages } = await server.rest('GET', `/rooms/${tea}/messages?around=100&limit=1`, undefined, bo)
  await ann.page.goto(`/r/${tea}/${messages[0].id}`)
  await ann.sees(messages[0].text)
  await ann.until('it is in sight', () => ann.message(messages[0].text).first().evaluate((row) => {
    const { top, bottom } = row.getBoundingClientRect()
    return top > 0 && bottom < innerHeight
  }))
  await ann.seesNo('number 240')
  await ann.page.getByRole('button', { name: /latest|unread/ }).first().click()
  await ann.sees('number 240')
})

story('code is copied by a button, a member is mentioned by a few letters', async ({ visit, server }) => {
  const { ann, bo, rooms: [tea] } = await annWithRooms(visit, server, 'Tea')
  await server.post(tea, 'Like this:\n\n```js\nlet answer = 42\n```', bo)
  await ann.page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await ann.message('Like this').getByRole('button', { name: 'Copy', exact: true }).click()
  await ann.message('Like this').getByRole('button', { name: 'Copied' }).waitFor()
  assert.equal((await ann.page.evaluate(() => navigator.clipboard.readText())).trim(), 'let answer = 42')
  await ann.types('thanks @b')
  await ann.page.getByRole('option', { name: /bo/ }).waitFor()
  await ann.page.keyboard.press('Enter')
  assert.equal(await ann.composer.inputValue(), 'thanks @bo ')
})

story('a page from before the server was renewed offers to be loaded again, and loses no draft', async ({ visit, server }) => {
  const ann = await visit()
  let renewed = false
  await ann.page.routeWebSocket('**/api/v1/socket', (socket) => {
    const line = socket.connectToServer()
    line.onMessage((frame) => socket.send(renewed ? String(frame).replace(/"build":"[^"]*"/, '"build":"9.9.9+next"') : frame))
  })
  await ann.isNew('ann')
  await ann.hasRoom('Tea')
  await ann.types('half a thought')
  renewed = true
  await server.stop()
  await server.start()
  await ann.seesText('A new version of Riposte is here.')
  await ann.button('Reload').click()
  await ann.composer.waitFor()
  await ann.until('the draft', async () => (await ann.composer.inputValue()) === 'half a thought')
})

story('without a line words wait and go by themselves; a command that has waited for over a minute asks first', async ({ visit }) => {
  const ann = await visit()
  await ann.page.clock.install()
  await ann.hasALine()
  await ann.isNew('ann')
  await ann.hasRoom('Tea')
  await ann.says('before')
  await ann.sees('before')
  await ann.cutsTheLine()
  await ann.seesText('You are offline.')
  await ann.says('plain words')
  await ann.says('/echo late')
  await ann.page.clock.fastForward(90_000)
  ann.mendsTheLine()
  await ann.page.clock.fastForward(60_000)
  await ann.seesText('Send now?')
  await ann.until('the words', async () => (await ann.messages()).includes('plain words'))
  assert.equal(await ann.feed.locator('article.bot').count(), 0)
  await ann.page.getByRole('button', { name: 'Send', exact: true }).click()
  await ann.feed.locator('article.bot').getByText('late', { exact: true }).waitFor()
})

story('what the server refuses stays with its reason, to be tried again or deleted', async ({ visit, server }) => {
  const root = await server.signUp('root-admin', { link: (await server.adminLink()).split('/').at(-1) })
  const ann = await visit()
  await ann.hasALine()
  await ann.isNew('ann')
  await ann.hasRoom('Tea')
  const { room } = ann
  await ann.cutsTheLine()
  await ann.seesText('You are offline.')
  for (const text of ['one', 'two']) await ann.says(text)
  await server.rest('POST', `/operator/rooms/${room}/close`, undefined, root)
  ann.mendsTheLine()
  const unsent = (text) => ann.message(text).filter({ hasText: /Not sent: .*closed/ })
  for (const text of ['one', 'two']) await unsent(text).waitFor()
  await server.rest('POST', `/operator/rooms/${room}/open`, undefined, root)
  await ann.composer.waitFor()
  await unsent('two').getByRole('button', { name: 'Delete' }).click()
  await unsent('one').getByRole('button', { name: 'Retry' }).click()
  await ann.until('one is sent', async () => (await ann.feed.getByText(/Not sent/).count()) === 0)
  assert.deepEqual(await ann.messages(), ['one'])
})
