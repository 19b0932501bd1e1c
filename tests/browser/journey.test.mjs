// From sign-in to sign-out without a mouse.
import assert from 'node:assert/strict'
import { PASSWORD } from './server.mjs'
import { story } from './story.mjs'

/** Tab until the element with the focus has this accessible name; what a person without a mouse does. */
async function tabsTo(person, name) {
  for (let step = 0; step < 40; step++) {
    await person.page.keyboard.press('Tab')
    const here = await person.page.evaluate(() => {
      const element = document.activeElement
      return [element.getAttribute('aria-label'), element.labels?.[0]?.innerText, element.matches('a, button') ? element.innerText : ''].find((text) => text?.trim())?.trim() ?? ''
    })
    if (here.replace(/\s+/g, ' ').includes(name)) return
  }
  assert.fail(`Tab never leads to ${name}`)
}

story('sign in, give /poll, walk the timeline, react, sign out: by keyboard alone', async ({ visit, server }) => {
  const token = await server.signUp('ann')
  const { room } = await server.rest('POST', '/rooms', { title: 'Tea' }, token)
  const ann = await visit()
  const { keyboard } = ann.page
  await ann.page.goto('/sign-in')
  await ann.page.locator('form').waitFor()
  await tabsTo(ann, 'Name')
  await keyboard.type('ann')
  await keyboard.press('Tab')
  await keyboard.type(PASSWORD)
  await keyboard.press('Enter')
  await ann.page.waitForURL((url) => url.pathname !== '/sign-in')
  await ann.page.getByRole('navigation').waitFor()

  await keyboard.press('Control+k')
  await ann.page.getByRole('dialog').waitFor()
  await keyboard.type('tea')
  await ann.page.getByRole('option').first().waitFor()
  await keyboard.press('Enter')
  await ann.page.waitForURL(`**/r/${room.uri}`)
  await ann.until('the field has the focus', () => ann.page.evaluate(() => document.activeElement.id === 'composer'))

  await keyboard.type('/pol')
  await ann.page.getByRole('option').first().waitFor()
  await keyboard.press('Escape')
  await keyboard.press('Control+a')
  await keyboard.type('/poll "Which tea?" green black')
  await keyboard.press('Enter')
  await ann.feed.locator('article.bot').filter({ hasText: 'Which tea?' }).waitFor()

  await keyboard.press('Shift+Tab') // the buttons of the message with the focus come before the field
  for (let step = 0; step < 12 && !(await ann.page.evaluate(() => document.activeElement.matches('article'))); step++) await keyboard.press('Shift+Tab')
  await keyboard.press('End')
  await keyboard.press('+')
  await ann.page.getByRole('searchbox', { name: 'Find an emoji' }).waitFor()
  await keyboard.type('tea')
  await keyboard.press('Enter')
  await ann.feed.getByRole('button', { name: /by you/ }).waitFor()
  await keyboard.press('Escape')

  await tabsTo(ann, 'Account menu')
  await keyboard.press('Enter')
  await ann.page.getByRole('menuitem').first().waitFor()
  const opened = []
  ann.page.on('request', (request) => request.isNavigationRequest() && opened.push(new URL(request.url()).pathname))
  await keyboard.press('End')
  await keyboard.press('Enter')
  await ann.page.waitForURL('**/sign-in')
  await ann.page.getByRole('button', { name: 'Sign in', exact: true }).waitFor()
  await ann.page.waitForLoadState('networkidle')
  assert.deepEqual(opened, ['/sign-in'], 'the page is opened anew, once')
})
