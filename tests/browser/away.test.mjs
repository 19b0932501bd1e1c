import assert from 'node:assert/strict'
import { story } from './story.mjs'

const numbers = (from, to) => Array.from({ length: to - from + 1 }, (_, index) => `number ${from + index}`)

async function scene(visit, server) {
  const ann = await visit()
  await ann.hasALine()
  await ann.isNew('ann')
  const link = await ann.hasRoom('Busy')
  const bo = await server.signUp('bo', { invite: link.split('/').at(-1) })
  const { room } = ann
  const tells = async (texts) => {
    for (const text of texts) await server.post(room, text, bo)
  }
  return { ann, room, tells }
}

story('after a long absence the page begins at the first unread message and pages on', async ({ visit, server }) => {
  const { ann, room, tells } = await scene(visit, server)
  await tells(numbers(1, 10))
  await ann.sees('number 10')
  await ann.hasRead('Busy')
  await ann.page.goto('about:blank')
  await tells(numbers(11, 260))
  await ann.goesTo(room)
  await ann.page.getByText('New', { exact: true }).waitFor()
  await ann.sees('number 11')
  await ann.seesNo('number 260')
  await ann.page.getByRole('button', { name: /unread messages/ }).click()
  await ann.sees('number 260')
})

story('a gap on a live page leaves no hole: it is paged in on the way down', async ({ visit, server }) => {
  const { ann, tells } = await scene(visit, server)
  await tells(numbers(1, 5))
  await ann.sees('number 5')
  await ann.hasRead('Busy')
  await ann.cutsTheLine()
  await ann.seesText('You are offline.')
  await tells(numbers(6, 260))
  await ann.seesNo('number 6')
  ann.mendsTheLine()
  await ann.page.getByRole('button', { name: /^255 unread messages/ }).waitFor()
  await ann.until('all, on the way down', async () => {
    await ann.page.locator('.scroller').evaluate((view) => (view.scrollTop += 600))
    return (await ann.message('number 260').count()) > 0
  })
  const seen = (await ann.messages()).filter((text) => text.startsWith('number'))
  assert.deepEqual(seen, numbers(1, 260))
})

story('history loads on the way up without a jump', async ({ visit, server }) => {
  const { ann, tells } = await scene(visit, server)
  await tells(numbers(1, 180))
  await ann.sees('number 180')
  await ann.hasRead('Busy')
  await ann.page.reload()
  await ann.sees('number 180')
  const scroller = ann.page.locator('.scroller')
  const shown = () => ann.feed.getByRole('article').count()
  for (let before = await shown(); before < 150; before = await shown()) {
    const read = await scroller.evaluate((view) => {
      view.scrollTop = 300 // near enough to the top for the page before to be fetched
      const top = view.getBoundingClientRect().top
      const row = [...view.querySelectorAll('[role=feed] > [data-key]')].find((one) => one.getBoundingClientRect().bottom > top)
      return { key: row.dataset.key, at: row.getBoundingClientRect().top }
    })
    await ann.until('the page before', async () => (await shown()) > before)
    const now = await ann.page.evaluate((key) => document.querySelector(`[data-key="${CSS.escape(key)}"]`).getBoundingClientRect().top, read.key)
    assert.ok(Math.abs(now - read.at) < 2, `what is being read moved by ${now - read.at} px`)
  }
  await ann.until('the beginning', async () => {
    await scroller.evaluate((view) => (view.scrollTop = 0))
    return ann.page.getByText('This is the beginning of Busy').isVisible()
  })
  const seen = (await ann.messages()).filter((text) => text.startsWith('number'))
  assert.deepEqual(seen, numbers(1, 180))
})
