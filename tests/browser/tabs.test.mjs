import assert from 'node:assert/strict'
import { story } from './story.mjs'

const numbers = (from, to) => Array.from({ length: to - from + 1 }, (_, index) => `number ${from + index}`)

/** A second tab of the same browser: the same cookies, storage and database. */
async function secondTab(person, Person) {
  return new Person(await person.page.context().newPage(), person.server)
}

async function annInTea(visit) {
  const ann = await visit()
  await ann.isNew('ann')
  await ann.hasRoom('Tea')
  return ann
}

story('two tabs of one person show the same and do not fight over what is unsent', async ({ visit, server }) => {
  const ann = await annInTea(visit)
  const other = await secondTab(ann, ann.constructor)
  await other.goesTo(ann.room)
  await ann.says('from the first')
  await other.says('from the second')
  for (const tab of [ann, other]) {
    await tab.sees('from the first')
    await tab.sees('from the second')
  }
  await server.kill()
  for (const text of numbers(1, 3)) await ann.says(text)
  for (const text of numbers(4, 6)) await other.says(text)
  await ann.seesText('You are offline.')
  await server.start()
  for (const tab of [ann, other]) {
    await tab.until('all of them', async () => (await tab.messages()).length >= 8)
    await tab.page.reload()
    await tab.sees('number 6')
    const texts = await tab.messages()
    assert.deepEqual([...texts].sort(), ['from the first', 'from the second', ...numbers(1, 6)].sort(), 'each once')
    assert.deepEqual(texts.filter((text) => /[123]$/.test(text)), numbers(1, 3), 'in the order of their tab')
    assert.deepEqual(texts.filter((text) => /[456]$/.test(text)), numbers(4, 6))
  }
  assert.deepEqual(other.faults, [])
})

story('reading in one tab is reading in the other', async ({ visit, server }) => {
  const ann = await annInTea(visit)
  const tea = ann.room
  await ann.hasRoom('Plans')
  const other = await secondTab(ann, ann.constructor)
  await other.goesTo(ann.room)
  const { invite } = { invite: (await server.rest('POST', `/rooms/${tea}/invites`, {}, await tokenOf(server, 'ann'))).token }
  const bo = await server.signUp('bo', { invite })
  await server.post(tea, 'news', bo)
  const entry = (tab) => tab.page.getByRole('navigation').getByRole('link', { name: 'Tea' })
  await other.until('it is unread', async () => /1 unread/.test(await entry(other).innerText()))
  await ann.page.bringToFront()
  await entry(ann).click()
  await ann.sees('news')
  await other.until('it is read there, too', async () => !/unread/.test(await entry(other).innerText()))
})

const tokenOf = async (server, name) => (await server.rest('POST', '/sessions', { name, password: 'correct horse', bearer: true })).token

story('on a slow line one can write at once, and everything arrives', async ({ visit }) => {
  const ann = await annInTea(visit)
  const devtools = await ann.page.context().newCDPSession(ann.page)
  await devtools.send('Network.enable')
  await devtools.send('Network.emulateNetworkConditions', { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 20_000 })
  await ann.page.reload()
  await ann.composer.waitFor()
  for (const text of numbers(1, 5)) await ann.says(text)
  await ann.sees('number 5')
  await ann.until('all sent', async () => (await ann.page.getByText('Sending…').count()) === 0)
  assert.deepEqual(await ann.messages(), numbers(1, 5))
})

story('an ended session asks to sign in again and keeps what was being written', async ({ visit, server }) => {
  const ann = await annInTea(visit)
  await ann.page.setViewportSize({ width: 390, height: 844 }) // where the list of rooms is a page of its own
  const { room } = ann
  await ann.types('half a thought')
  await server.rest('DELETE', '/sessions?all=true', undefined, await tokenOf(server, 'ann'))
  await ann.page.waitForURL(/\/sign-in/)
  await ann.page.getByLabel('Name', { exact: true }).fill('ann')
  await ann.page.getByLabel('Password').fill('correct horse')
  await ann.button('Sign in').click()
  await ann.composer.waitFor()
  assert.equal(ann.room, room)
  assert.equal(await ann.composer.inputValue(), 'half a thought')
})

story('an address that leads nowhere says so and leads back', async ({ visit }) => {
  const ann = await annInTea(visit)
  await ann.page.goto('/r/no-such-room')
  await ann.seesText('This room does not exist, or you are not in it.')
  await ann.page.getByRole('link', { name: 'Go to my rooms' }).click()
  await ann.composer.waitFor()
  await ann.page.goto('/nothing/at/all')
  await ann.seesText('There is nothing at this address.')
})
