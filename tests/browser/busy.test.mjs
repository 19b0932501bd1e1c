// Large rooms and busy ones are quick. RIPOSTE_LONG=1 takes 100,000 messages, else 10,000.
import assert from 'node:assert/strict'
import { crowdedRoom } from './crowd.mjs'
import { story } from './story.mjs'

const LONG = process.env.RIPOSTE_LONG === '1'
const MANY = LONG ? 100_000 : 10_000
const SPEAKING_MS = 45_000
const AT_ONCE = 64
const OPEN_MS = 1000
const WINDOWS = 3 // the quickest counts: what else runs on the machine delays some
const KEY_MS = 50
const SPELLS = 3 // of speaking and typing; one must do, for the same reason

async function fill(server, room, token, count) {
  let next = 1
  const writer = async () => {
    for (let number = next++; number <= count; number = next++) await server.post(room, number % 9 ? `number ${number}` : `number ${number}\n\n\`\`\`js\nlet x = ${number}\n\`\`\``, token)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, writer))
}

async function reads(server, room, token) {
  const { last_seq } = await server.rest('GET', `/rooms/${room}`, undefined, token)
  await server.rest('POST', `/rooms/${room}/read`, { seq: last_seq }, token)
}

/** The room in a window of its own, which has nothing kept; `took`: milliseconds from the click to the last message. */
async function opens(visit, title) {
  const ann = await visit()
  await ann.isThere('ann')
  await ann.page.goto('/settings')
  const link = ann.page.getByRole('navigation').getByRole('link', { name: title })
  await link.waitFor()
  const began = Date.now()
  await link.click()
  await ann.feed.getByRole('article').last().waitFor()
  return { ann, took: Date.now() - began }
}

/** Milliseconds from each key to the frame after it, sorted; types until the time is over. */
async function types(ann, until) {
  await ann.page.evaluate(() => void (window.latencies = []))
  while (Date.now() < until) {
    await ann.composer.click()
    await ann.page.keyboard.type('the quick brown fox ', { delay: 60 })
    await ann.composer.fill('')
  }
  return (await ann.page.evaluate(() => window.latencies)).sort((a, b) => a - b)
}

const p95 = (sorted) => sorted[Math.floor(sorted.length * 0.95)]

story(`a room with ${MANY} messages opens quickly and scrolls without a jump`, async ({ visit, server }) => {
  const token = await server.signUp('ann')
  const { room } = await server.rest('POST', '/rooms', { title: 'Large' }, token)
  await fill(server, room.uri, token, MANY)
  await reads(server, room.uri, token)
  const openings = []
  for (let window = 0; window < WINDOWS; window++) openings.push(await opens(visit, 'Large'))
  const took = Math.min(...openings.map((opening) => opening.took))
  console.log(`interactive after ${openings.map((opening) => opening.took).join(', ')} ms`)
  assert.ok(took < OPEN_MS, `${took} ms`)
  const { ann } = openings.at(-1)

  // Far up and back: what is being read never moves by itself, and the page never grows beyond its window.
  const view = ann.page.locator('.scroller')
  let worst = 0
  for (let step = 0; step < 60; step++) {
    const moved = await view.evaluate(async (view) => {
      const top = view.getBoundingClientRect().top
      view.scrollTop -= 900
      const row = [...view.querySelectorAll('[data-key]')].find((one) => one.getBoundingClientRect().bottom > top)
      const before = row.getBoundingClientRect().top
      await new Promise((resolve) => setTimeout(resolve, 60))
      return row.isConnected ? Math.abs(row.getBoundingClientRect().top - before) : 0
    })
    worst = Math.max(worst, moved)
  }
  assert.ok(worst < 2, `what is being read moved by ${worst} px`)
  assert.ok((await ann.feed.getByRole('article').count()) <= 450)
  await ann.page.getByRole('button', { name: 'Jump to latest' }).click()
  await ann.until('the end', async () => (await ann.feed.getByRole('article').count()) > 0 && view.evaluate((view) => view.scrollHeight - view.scrollTop - view.clientHeight < 4))
})

story('with 50 messages a second the composer stays quick', async ({ visit, server }) => {
  const { ann, speaks } = await crowdedRoom(visit, server)
  await ann.page.evaluate(() => {
    addEventListener('keydown', ({ timeStamp }) => requestAnimationFrame(() => setTimeout(() => window.latencies.push(performance.now() - timeStamp))), true)
  })
  for (let spell = 1; ; spell++) {
    const speaking = speaks(Date.now() + SPEAKING_MS)
    await ann.page.waitForTimeout(SPEAKING_MS / 3) // until the window of the history is full
    const latencies = await types(ann, Date.now() + SPEAKING_MS / 2)
    console.log(`${await speaking} messages; key to frame p95 ${p95(latencies).toFixed(1)} ms of ${latencies.length}`)
    assert.ok(latencies.length > 100)
    if (p95(latencies) < KEY_MS) break
    assert.ok(spell < SPELLS, `p95 ${p95(latencies)} ms`)
  }
  assert.ok((await ann.feed.getByRole('article').count()) <= 450)
})
