import assert from 'node:assert/strict'
import { statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { story } from './story.mjs'

const BUDGET_KIB = 180
const dist = (path) => fileURLToPath(new URL(`../../web/dist${path}`, import.meta.url))

/** Bytes of a file as gzip sends it; tiny ones have no compressed copy. */
function weight(path) {
  const file = dist(path === '/' || !path.includes('.') ? '/index.html' : path)
  return (statSync(`${file}.gz`, { throwIfNoEntry: false }) ?? statSync(file)).size
}

for (const locale of ['en-US', 'zh-CN'])
  story(`a room loads with less than ${BUDGET_KIB} KiB, ${locale}`, async ({ visit, server }) => {
    const token = await server.signUp('ann')
    const { room } = await server.rest('POST', '/rooms', { title: 'Tea' }, token)
    await server.post(room.uri, 'plain words', token)
    const ann = await visit({ locale })
    await ann.page.goto('/sign-in')
    await ann.page.locator('input[name=username]').fill('ann')
    await ann.page.locator('input[name=password]').fill('correct horse')
    await ann.page.locator('form button').click()
    await ann.page.getByRole('navigation').waitFor()

    const loaded = new Set()
    ann.page.on('response', (response) => {
      const { pathname } = new URL(response.url())
      if (!pathname.startsWith('/api/')) loaded.add(pathname)
    })
    await ann.goesTo(room.uri)
    await ann.sees('plain words')
    await ann.page.waitForLoadState('networkidle')
    const heaviest = [...loaded].map((path) => ({ path, bytes: weight(path) })).sort((a, b) => b.bytes - a.bytes)
    const kib = heaviest.reduce((sum, { bytes }) => sum + bytes, 0) / 1024
    console.log(`${locale}: ${kib.toFixed(1)} KiB gzipped in ${loaded.size} files`)
    assert.ok(kib <= BUDGET_KIB, `${kib.toFixed(1)} KiB: ${JSON.stringify(heaviest.slice(0, 8))}`)
  })
