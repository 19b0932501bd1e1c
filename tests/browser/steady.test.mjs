// What a page holds does not grow with what has passed through it. Three minutes; RIPOSTE_LONG=1 takes 30.
import assert from 'node:assert/strict'
import { crowdedRoom, heapOf } from './crowd.mjs'
import { story } from './story.mjs'

const SPEAKING_MS = 60_000 * (process.env.RIPOSTE_LONG === '1' ? 30 : 3)
const FULL_MS = 30_000 // until the window of the history holds all it will
const HEAP_BYTES = 6_000_000 // that may come and go
const ARTICLES = 450 // the most that a page keeps

story(`with 50 messages a second for ${SPEAKING_MS / 60_000} minutes the heap stays flat`, async ({ visit, server }) => {
  const { ann, speaks } = await crowdedRoom(visit, server)
  const until = Date.now() + SPEAKING_MS
  const speaking = speaks(until)
  await ann.page.waitForTimeout(FULL_MS)
  const early = await heapOf(ann)
  while (Date.now() < until - 2000) {
    await ann.composer.click()
    await ann.page.keyboard.type('the quick brown fox ', { delay: 60 })
    await ann.composer.fill('')
  }
  const sent = await speaking
  const late = await heapOf(ann)
  console.log(`${sent} messages; heap ${(early / 1e6).toFixed(1)} -> ${(late / 1e6).toFixed(1)} MB`)
  assert.ok(sent > SPEAKING_MS / 40)
  assert.ok(late - early < HEAP_BYTES, `the heap grew from ${early} to ${late}`)
  assert.ok((await ann.feed.getByRole('article').count()) <= ARTICLES)
})
