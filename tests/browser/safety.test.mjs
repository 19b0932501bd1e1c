// 2,000 attack strings in a real browser: every one is drawn as text or refused, none runs, and the CSP has nothing to report.
import assert from 'node:assert/strict'
import { attacks } from './attacks.mjs'
import { story } from './story.mjs'

const A_MESSAGE = 12_000 // bytes; several attacks share one, an empty line between them

function* messages(all) {
  let text = ''
  for (const attack of all) {
    if (text.length + attack.length > A_MESSAGE) yield text
    text = text.length + attack.length > A_MESSAGE ? attack : `${text}\n\n${attack}`
  }
  yield text
}

story('2,000 attack strings run no script and raise no report of the CSP', async ({ visit, server }) => {
  const all = attacks(2000)
  assert.equal(new Set(all).size, 2000)
  const token = await server.signUp('ann')
  const { room, invite } = await server.rest('POST', '/rooms', { title: 'Attacks' }, token)
  await server.signUp('bo', { invite: invite.token })
  for (const text of messages(all)) await server.rest('POST', `/rooms/${room.uri}/messages`, { client_msg_id: crypto.randomUUID(), text, as_text: true }, token)

  const bo = await visit()
  const asked = []
  bo.page.on('request', (request) => asked.push(request.url()))
  bo.page.on('dialog', (dialog) => {
    bo.faults.push(`a dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  await bo.page.addInitScript(() => {
    window.reports = []
    document.addEventListener('securitypolicyviolation', (event) => window.reports.push(`${event.violatedDirective} ${event.blockedURI}`))
    for (const name of ['alert', 'prompt', 'confirm', 'print']) window[name] = () => (window.hacked = name)
  })
  await bo.signsIn('bo')
  await bo.goesTo(room.uri)

  // The timeline holds a window of the history: every part of it is looked at on the way up.
  const seen = new Set()
  await bo.until('the beginning', async () => {
    for (const text of await bo.feed.getByRole('article').locator('.markdown').allTextContents()) seen.add(text)
    await bo.page.locator('.scroller').evaluate((view) => (view.scrollTop = 0))
    return bo.page.getByText('This is the beginning of Attacks').isVisible()
  })
  for (const text of await bo.feed.getByRole('article').locator('.markdown').allTextContents()) seen.add(text)
  assert.ok(seen.size >= [...messages(all)].length, `${seen.size} messages were drawn`)

  // What a click would do.
  const links = await bo.feed.locator('.markdown a').evaluateAll((all) => all.map((link) => link.getAttribute('href')))
  for (const href of links.filter((href) => href !== null)) assert.match(href, /^(https?:|mailto:|\/(?!\/)|#)/i)
  assert.equal(await bo.feed.locator('.markdown :is(script, iframe, object, embed, svg, math, style, form, input, img, video, audio, link, meta, base)').count(), 0)
  const handlers = await bo.feed.locator('.markdown *').evaluateAll((all) => all.flatMap((element) => element.getAttributeNames()).filter((name) => /^on|^style$|^srcdoc$|^id$|^name$/.test(name)))
  assert.deepEqual(handlers, [])
  assert.equal(await bo.page.evaluate(() => window.hacked), undefined)
  assert.deepEqual(await bo.page.evaluate(() => window.reports), [])
  assert.deepEqual(asked.filter((url) => !url.startsWith(server.url)), [], 'nothing is fetched from elsewhere')
})
