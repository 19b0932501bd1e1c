import assert from 'node:assert/strict'
import { story } from './story.mjs'

const numbers = (from, to) => Array.from({ length: to - from + 1 }, (_, index) => `number ${from + index}`)

story('a server killed in the middle of typing loses nothing and doubles nothing', async ({ visit, server }) => {
  const ann = await visit()
  await ann.isNew('ann')
  const link = await ann.hasRoom('Tea')
  const bo = await visit()
  await bo.isNew('bo', link)
  await bo.composer.waitFor()

  for (const text of numbers(1, 5)) await ann.says(text)
  await bo.sees('number 5')
  for (const text of numbers(6, 15)) await ann.says(text) // some acknowledged, some on their way, some waiting
  await server.kill()
  for (const text of numbers(16, 20)) await ann.says(text)
  await ann.types('half a thou')
  await ann.seesText('You are offline.')
  await ann.seesText('Sending…')

  await server.start()
  await ann.page.keyboard.type('ght')
  for (const person of [ann, bo]) {
    await person.sees('number 20')
    await person.until('all of them', async () => (await person.messages()).length >= 20)
    assert.deepEqual(await person.messages(), numbers(1, 20))
    await person.page.reload()
    await person.sees('number 20')
    assert.deepEqual(await person.messages(), numbers(1, 20))
  }
  assert.equal(await ann.composer.inputValue(), 'half a thought')
})

story('what could not be sent survives a reload of the page', async ({ visit, server }) => {
  const ann = await visit()
  await ann.isNew('ann')
  await ann.hasRoom('Tea')
  await ann.says('before')
  await ann.sees('before')
  await ann.page.evaluate(() => navigator.serviceWorker?.getRegistrations())
  await server.kill()
  for (const text of numbers(1, 3)) await ann.says(text)
  await ann.seesText('Sending…')
  await server.start()
  await ann.page.reload() // the page may have had no time to send them
  await ann.sees('number 3')
  await ann.until('all of them', async () => (await ann.messages()).length >= 4)
  assert.deepEqual(await ann.messages(), ['before', ...numbers(1, 3)])
})

story('an orderly restart is told, and the page comes back by itself', async ({ visit, server }) => {
  const ann = await visit()
  await ann.isNew('ann')
  await ann.hasRoom('Tea')
  await ann.says('before')
  await ann.sees('before')
  await server.stop()
  await ann.seesText('You are offline.')
  await server.start()
  await ann.says('after')
  await ann.sees('after')
  await ann.until('the banner goes', async () => (await ann.page.getByText('You are offline.').count()) === 0)
  assert.deepEqual(await ann.messages(), ['before', 'after'])
})
