// Large rooms and busy ones. RIPOSTE_LONG=1 takes 100,000 messages and 30 minutes, else 10,000 and one minute.
import assert from 'node:assert/strict'
import { story } from './story.mjs'

const LONG = process.env.RIPOSTE_LONG === '1'
const MANY = LONG ? 100_000 : 10_000
const BUSY_S = LONG ? 1800 : Number(process.env.RIPOSTE_BUSY_S ?? 60)
const AT_ONCE = 64
const OPEN_MS = 1000
const WINDOWS = 3 // the quickest counts: what else runs on the machine delays some
const KEY_MS = 50
const KEY_RATIO = 3 // of the same keys while nobody speaks, where those are slow already
const HEAP_BYTES = 6_000_000 // that may come and go

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

/** Milliseconds from a key to the frame after it, the 95th percentile of each spell of typing; types until the time is over. */
async function types(ann, until) {
  const spells = []
  while (Date.now() < until) {
    await ann.composer.click()
    await ann.page.evaluate(() => void (window.latencies = []))
    await ann.page.keyboard.type('the quick brown fox jumps over the lazy dog ', { delay: 60 })
    const sorted = (await ann.page.evaluate(() => window.latencies)).sort((a, b) => a - b)
    spells.push(sorted[Math.floor(sorted.length * 0.95)])
    await ann.composer.fill('')
  }
  return spells.sort((a, b) => a - b)
}

/** What else runs on the machine delays some spells, a slow page delays all. */
const quarter = (sorted) => sorted[sorted.length >> 2]
const milliseconds = (figures) => figures.map((figure) => Math.round(figure)).join(' ')

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

story(`with 50 messages a second for ${BUSY_S} s the composer stays quick and the heap flat`, async ({ visit, server }) => {
  const token = await server.signUp('ann')
  const { room, invite } = await server.rest('POST', '/rooms', { title: 'Busy' }, token)
  const bo = await server.signUp('bo', { invite: invite.token })
  const ann = await visit()
  await ann.isThere('ann')
  await ann.goesTo(room.uri)
  const devtools = await ann.page.context().newCDPSession(ann.page)
  const heap = async () => {
    await devtools.send('HeapProfiler.collectGarbage')
    return (await devtools.send('Runtime.getHeapUsage')).usedSize
  }
  await ann.page.evaluate(() => {
    addEventListener('keydown', ({ timeStamp }) => requestAnimationFrame(() => setTimeout(() => window.latencies.push(performance.now() - timeStamp))), true)
  })

  const quiet = await types(ann, Date.now() + 5000)

  const until = Date.now() + BUSY_S * 1000
  let sent = 0
  const speaking = (async () => {
    const began = Date.now()
    while (Date.now() < until) {
      const due = Math.floor((Date.now() - began) / 20)
      const posts = []
      for (; sent < due; sent++) posts.push(server.post(room.uri, `word ${sent}: ${'lorem ipsum '.repeat(sent % 7)}`, bo))
      await Promise.all(posts)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  })()

  await ann.page.waitForTimeout(Math.min(20_000, BUSY_S * 400)) // until the window of the history is full
  const early = await heap()
  const latencies = await types(ann, until - 2000)
  await speaking
  const late = await heap()
  const limit = Math.max(KEY_MS, KEY_RATIO * quarter(quiet))
  console.log(`${sent} messages; key to frame, p95 of each spell: ${milliseconds(latencies)} ms, quiet ${milliseconds(quiet)} ms; heap ${(early / 1e6).toFixed(1)} -> ${(late / 1e6).toFixed(1)} MB`)
  assert.ok(latencies.length > 3)
  assert.ok(quarter(latencies) < limit, `${quarter(latencies)} ms, at most ${limit}`)
  assert.ok(late - early < HEAP_BYTES, `the heap grew from ${early} to ${late}`)
  assert.ok((await ann.feed.getByRole('article').count()) <= 450)
})
