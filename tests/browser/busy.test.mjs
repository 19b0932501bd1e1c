// Large rooms and busy ones. RIPOSTE_LONG=1 takes 100,000 messages and 30 minutes; CI 10,000 and three; a run by hand one.
import assert from 'node:assert/strict'
import { story } from './story.mjs'

const LONG = process.env.RIPOSTE_LONG === '1'
const MANY = LONG ? 100_000 : 10_000
const BUSY_S = LONG ? 1800 : Number(process.env.RIPOSTE_BUSY_S ?? 60)
const AT_ONCE = 64
const OPEN_MS = 1000 * Number(process.env.RIPOSTE_TEST_SLOWNESS ?? 1)
const KEY_MS = 50 * Number(process.env.RIPOSTE_TEST_SLOWNESS ?? 1)
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

story(`a room with ${MANY} messages opens quickly and scrolls without a jump`, async ({ visit, server }) => {
  const token = await server.signUp('ann')
  const { room } = await server.rest('POST', '/rooms', { title: 'Large' }, token)
  await fill(server, room.uri, token, MANY)
  await reads(server, room.uri, token)
  const ann = await visit()
  await ann.signsIn('ann')
  await ann.page.goto('/settings')
  await ann.page.getByRole('navigation').getByRole('link', { name: 'Large' }).waitFor()
  const began = Date.now()
  await ann.page.getByRole('navigation').getByRole('link', { name: 'Large' }).click()
  await ann.feed.getByRole('article').last().waitFor()
  const took = Date.now() - began
  console.log(`interactive after ${took} ms`)
  assert.ok(took < OPEN_MS, `${took} ms`)

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
  await ann.signsIn('ann')
  await ann.goesTo(room.uri)
  const devtools = await ann.page.context().newCDPSession(ann.page)
  const heap = async () => {
    await devtools.send('HeapProfiler.collectGarbage')
    return (await devtools.send('Runtime.getHeapUsage')).usedSize
  }
  await ann.page.evaluate(() => {
    window.latencies = []
    addEventListener('keydown', ({ timeStamp }) => requestAnimationFrame(() => setTimeout(() => window.latencies.push(performance.now() - timeStamp))), true)
  })

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
  while (Date.now() < until - 2000) {
    await ann.composer.click()
    await ann.page.keyboard.type('the quick brown fox ', { delay: 60 })
    await ann.composer.fill('')
  }
  await speaking
  const late = await heap()
  const latencies = (await ann.page.evaluate(() => window.latencies)).sort((a, b) => a - b)
  const p95 = latencies[Math.floor(latencies.length * 0.95)]
  console.log(`${sent} messages; key to frame p50 ${latencies[latencies.length >> 1].toFixed(1)} ms, p95 ${p95.toFixed(1)} ms of ${latencies.length}; heap ${(early / 1e6).toFixed(1)} -> ${(late / 1e6).toFixed(1)} MB`)
  assert.ok(latencies.length > 100)
  assert.ok(p95 < KEY_MS, `p95 ${p95} ms`)
  assert.ok(late - early < HEAP_BYTES, `the heap grew from ${early} to ${late}`)
  assert.ok((await ann.feed.getByRole('article').count()) <= 450)
})
