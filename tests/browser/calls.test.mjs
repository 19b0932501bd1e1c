import assert from 'node:assert/strict'
import { story } from './story.mjs'

async function annAndBo(visit, server) {
  const ann = await visit({ permissions: ['notifications'] })
  await ann.page.addInitScript(() => {
    window.shown = []
    window.Notification = class {
      static permission = 'granted'
      static requestPermission = async () => 'granted'
      constructor(title, { body }) { window.shown.push(`${title}: ${body}`) }
      close() {}
    }
  })
  await ann.isNew('ann')
  const link = await ann.hasRoom('Tea')
  const tea = ann.room
  await ann.hasRoom('Plans')
  const bo = await server.signUp('bo', { display_name: 'Bo', invite: link.split('/').at(-1) })
  return { ann, tea, bo }
}
const entry = (person, title) => person.page.getByRole('navigation').getByRole('link', { name: title })
const shown = (person) => person.page.evaluate(() => window.shown)

async function chooses(person, title, ...labels) {
  await entry(person, title).click()
  await person.page.getByRole('heading', { name: title, level: 1 }).waitFor()
  await person.button('Room menu').click()
  await person.page.getByRole('menuitem', { name: 'Notifications' }).click()
  for (const label of labels) {
    const saved = person.page.waitForResponse((answer) => answer.url().endsWith('/notifications'))
    await person.page.getByLabel(label).click()
    await saved
  }
  await person.page.keyboard.press('Escape')
  await person.page.getByRole('dialog').waitFor({ state: 'detached' })
}

story('a room calls as its settings say: every message, mentions, nothing', async ({ visit, server }) => {
  const { ann, tea, bo } = await annAndBo(visit, server)
  await server.post(tea, 'nothing special', bo)
  await ann.until('it is unread', async () => /1 unread message/.test(await entry(ann, 'Tea').innerText()))
  assert.doesNotMatch(await ann.page.title(), /^\(/)
  await server.post(tea, '@ann, look', bo)
  await ann.until('the tab tells', async () => (await ann.page.title()).startsWith('(1)'))

  await chooses(ann, 'Tea', 'Every message')
  await entry(ann, 'Plans').click()
  await server.post(tea, 'plain again', bo)
  await ann.until('every message counts', async () => (await ann.page.title()).startsWith('(1)'))

  await chooses(ann, 'Tea', 'Mute this room')
  await entry(ann, 'Plans').click()
  await server.post(tea, '@ann, muted', bo)
  await ann.until('it is muted', async () => /muted/.test(await entry(ann, 'Tea').innerText()))
  await ann.until('it has arrived', async () => /mention/.test(await entry(ann, 'Tea').innerText()))
  assert.doesNotMatch(await ann.page.title(), /^\(/)

  const phone = await visit({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
  await phone.signsIn('ann')
  await phone.until('muted there, too', async () => /muted/.test(await entry(phone, 'Tea').innerText()))
})

story('a notification is shown for what calls me, and not for what I am looking at', async ({ visit, server }) => {
  const { ann, tea, bo } = await annAndBo(visit, server)
  await ann.page.goto('/settings')
  await ann.page.getByLabel('Show notifications on this device').check()
  await ann.goesTo(tea)
  await ann.page.bringToFront()
  await server.post(tea, '@ann, on screen', bo)
  await ann.sees('@ann, on screen')
  await entry(ann, 'Plans').click()
  await ann.page.getByRole('heading', { name: 'Plans', level: 1 }).waitFor()
  await server.post(tea, 'not for you', bo)
  await server.post(tea, '@ann, **where** are you?', bo)
  await ann.until('a notification', async () => (await shown(ann)).length > 0)
  assert.deepEqual(await shown(ann), ['Bo · Tea: @ann, where are you?'])
})
