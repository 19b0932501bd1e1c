// For who reads large, hears the page, wants it still, or comes back to where they were.
import assert from 'node:assert/strict'
import { PASSWORD } from './server.mjs'
import { story } from './story.mjs'

const lines = (count, word) => Array.from({ length: count }, (_, index) => `${word} ${index + 1}.`)

/** ann's room with so many messages of bo's, and an empty one. */
async function annWith(server, visit, count, options) {
  const token = await server.signUp('ann')
  const { room, invite } = await server.rest('POST', '/rooms', { title: 'Tea' }, token)
  const bo = await server.signUp('bo', { invite: invite.token })
  for (const text of lines(count, 'line')) await server.post(room.uri, text, bo)
  const { room: other } = await server.rest('POST', '/rooms', { title: 'Coffee' }, token)
  await server.rest('POST', `/rooms/${room.uri}/read`, { seq: (await server.rest('GET', `/rooms/${room.uri}`, undefined, token)).last_seq }, token)
  const ann = await visit(options)
  await ann.page.goto('/sign-in')
  await ann.page.locator('input[name=username]').fill('ann')
  await ann.page.locator('input[name=password]').fill(PASSWORD)
  await ann.page.locator('form button').click()
  await ann.page.getByRole('navigation').waitFor()
  await ann.goesTo(room.uri)
  await ann.sees(`line ${count}.`)
  return { ann, bo, room: room.uri, other: other.uri }
}

story('at 200 % nothing runs out of the page, and one can write', async ({ visit, server }) => {
  // What a zoom of 200 % leaves of 1280 × 800.
  const { ann, room } = await annWith(server, visit, 20, { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 })
  await ann.says('large letters')
  await ann.sees('large letters')
  const composer = await ann.composer.boundingBox()
  assert.ok(composer.y + composer.height <= 400, 'the field is on the screen')
  for (const path of [`/r/${room}`, '/', '/settings', '/explore', '/sign-up']) {
    await ann.page.goto(path)
    await ann.page.locator('#main, main').first().waitFor()
    const wider = await ann.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    assert.equal(wider, 0, path)
  }
})

story('under a finger everything to press is 44 px high', async ({ visit, server }) => {
  const { ann, room } = await annWith(server, visit, 3, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
  for (const path of ['/', `/r/${room}`]) {
    await ann.page.goto(path)
    await ann.page.locator('#main button').first().waitFor()
    const small = await ann.page.evaluate(() =>
      [...document.querySelectorAll('#main button, #main nav a, #main header a')]
        .filter((element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !element.closest('article, aside'))
        .map((element) => [element.innerText || element.ariaLabel, Math.round(element.getBoundingClientRect().height)])
        .filter(([, height]) => height > 1 && height < 44),
    )
    assert.deepEqual(small, [], path)
  }
})

story('who asks for less motion gets a still page', async ({ visit, server }) => {
  const { ann } = await annWith(server, visit, 2, { reducedMotion: 'reduce' })
  const lasts = () => ann.page.getByRole('dialog').evaluate((dialog) => parseFloat(getComputedStyle(dialog).animationDuration))
  await ann.page.keyboard.press('Control+k')
  await ann.page.getByRole('dialog').waitFor()
  assert.ok((await lasts()) <= 0.0001)
  await ann.page.emulateMedia({ reducedMotion: 'no-preference' })
  assert.ok((await lasts()) > 0.05, 'the rule is what makes it still')
})

story('a stream is said at its beginning and its end, and not between', async ({ visit, server }) => {
  await server.installs('streamer', 'streamer')
  const { ann, bo, room } = await annWith(server, visit, 1)
  await ann.until('the plugin', async () => {
    await ann.composer.fill('/stream')
    return (await ann.page.getByRole('option', { name: /^\/stream/ }).count()) > 0
  })
  await ann.composer.fill('')
  await ann.page.evaluate(() => {
    window.said = []
    const region = [...document.querySelectorAll('p[aria-live=polite]')].at(-1)
    new MutationObserver(() => window.said.push(region.textContent)).observe(region, { childList: true, characterData: true, subtree: true })
  })
  await server.post(room, '/stream 20 40', bo)
  const article = ann.feed.locator('article.bot').first()
  await ann.until('it grows', async () => (await article.getAttribute('aria-busy')) === 'true')
  await ann.until('the end', async () => (await article.getAttribute('aria-busy')) === 'false')
  const said = await ann.page.evaluate(() => window.said)
  assert.equal(said.filter((words) => words.startsWith('streamer')).length, 2, JSON.stringify(said))
  assert.match(said.at(-1), /1 2 3 .*20$/)
})

story('who comes back to a room is where they were reading', async ({ visit, server }) => {
  const { ann, room, other } = await annWith(server, visit, 45)
  const top = () => ann.message('line 20.').evaluate((row) => row.getBoundingClientRect().top)
  await ann.message('line 20.').evaluate((row) => row.scrollIntoView({ block: 'start' }))
  await ann.page.getByRole('button', { name: /latest/i }).waitFor()
  const before = await top()
  const goes = (name, uri) => ann.page.getByRole('navigation').getByRole('link', { name }).click().then(() => ann.page.waitForURL(`**/r/${uri}`))
  await goes('Coffee', other)
  await ann.composer.waitFor()
  await goes('Tea', room)
  await ann.sees('line 20.')
  await ann.until('the place', async () => Math.abs((await top()) - before) < 2)
})

story('the message with the focus is never behind the field, and a short room is searched by the browser', async ({ visit, server }) => {
  const { ann } = await annWith(server, visit, 40)
  await ann.feed.getByRole('article').last().focus()
  for (let step = 0; step < 39; step++) {
    await ann.page.keyboard.press('ArrowUp')
    if (step % 6) continue
    const [article, field] = await ann.page.evaluate(() => [document.activeElement, document.querySelector('.composer')].map((element) => element.getBoundingClientRect().toJSON()))
    assert.ok(article.bottom <= field.top + 1 && article.top >= 0, `step ${step}`)
  }
  assert.ok(await ann.page.evaluate(() => window.find('line 3.', false, false, true)), 'Ctrl+F finds what is out of sight')
})
