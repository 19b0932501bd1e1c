// story('what happens', async ({ server, visit }) => …): a server, a browser, and people in windows of their own.
import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { launched } from './chromium.mjs'
import { Person } from './person.mjs'
import { BUILD, Server } from './server.mjs'

/** One browser a file; people get windows (contexts) that know nothing of each other. */
let browser
after(async () => (await browser)?.close())
const browserOfTheFile = () => (browser ??= launched())

export function story(name, play) {
  test(name, async () => {
    const server = await Server.start()
    const people = []
    /** Somebody with a browser of their own; options as of Playwright's newContext. */
    const visit = async (options = {}) => {
      const context = await (await browserOfTheFile()).newContext({ locale: 'en-US', viewport: { width: 1280, height: 800 }, baseURL: server.url, ...options })
      people.push(new Person(await context.newPage(), server))
      return people.at(-1)
    }
    try {
      await play({ server, visit })
      for (const person of people) assert.deepEqual(person.faults, [], 'the page reports no fault')
    } catch (error) {
      await keepPictures(name, people)
      throw error
    } finally {
      for (const person of people) await person.page.context().close()
      await server.close()
    }
  })
}

async function keepPictures(name, people) {
  const folder = join(BUILD, 'tests/browser/failed')
  await mkdir(folder, { recursive: true })
  for (const [index, person] of people.entries())
    await person.page.screenshot({ path: join(folder, `${name.replace(/\W+/g, '-')}-${index}.png`) }).catch(() => undefined)
}
