import assert from 'node:assert/strict'
import { story } from './story.mjs'

const menu = async (person, button, item) => {
  await button.click()
  await person.page.getByRole('menuitem', { name: item }).click()
}

story('a public room is found, looked at by its address, and joined', async ({ visit }) => {
  const ann = await visit()
  await ann.signsUp('ann')
  await ann.createsRoom('Weekend hikes', { open: true })
  const { room } = ann

  const bo = await visit()
  await bo.signsUp('bo')
  await bo.page.getByRole('link', { name: 'Explore public rooms' }).first().click()
  await bo.button('Join: Weekend hikes').click()
  await bo.composer.waitFor()
  await bo.says('I am in')
  await ann.sees('I am in')

  const cleo = await visit()
  await cleo.signsUp('cleo')
  await cleo.page.goto(`/r/${room}`)
  await cleo.button('Join').click()
  await cleo.sees('I am in')
})

story('a private room looks like none to a stranger', async ({ visit }) => {
  const ann = await visit()
  await ann.signsUp('ann')
  await ann.createsRoom('Secret')
  const bo = await visit()
  await bo.signsUp('bo')
  await bo.page.goto(`/r/${ann.room}`)
  await bo.seesText('This room does not exist, or you are not in it.')
})

story('an owner renames, promotes and leaves; the others see it', async ({ visit }) => {
  const ann = await visit()
  await ann.signsUp('ann')
  const link = await ann.createsRoom('Tea')
  const bo = await visit()
  await bo.signsUp('bo', link)
  await bo.composer.waitFor()

  await menu(ann, ann.button('Room menu'), 'Room settings')
  await ann.page.getByLabel('Title').fill('Tea and plans')
  await ann.button('Save').click()
  await bo.page.getByRole('heading', { name: 'Tea and plans', level: 1 }).waitFor()

  await menu(ann, ann.button('Room menu'), 'Leave room')
  await ann.page.getByRole('dialog').getByRole('button', { name: 'Leave room' }).click()
  await ann.seesText('A room needs an owner')
  await menu(ann, ann.button('bo Actions'), 'Owner')
  await ann.page.getByRole('complementary').getByText('Owner').nth(1).waitFor()
  await menu(ann, ann.button('Room menu'), 'Leave room')
  await ann.page.getByRole('dialog').getByRole('button', { name: 'Leave room' }).click()
  await ann.page.waitForURL('**/explore')
  await bo.seesText('ann left')
  assert.equal(await ann.page.getByRole('link', { name: /Tea and plans/ }).count(), 0)
})

story('an invite can be made for one use, and taken back', async ({ visit }) => {
  const ann = await visit()
  await ann.signsUp('ann')
  const first = await ann.createsRoom('Tea')
  await ann.button('Invite people').first().click()
  await ann.page.getByLabel('Uses').selectOption({ label: 'Once' })
  await ann.button('Make a link').click()
  const once = await ann.page.getByLabel('Copy link').inputValue()
  assert.notEqual(once, first)
  const bo = await visit()
  await bo.signsUp('bo', once)
  await bo.composer.waitFor()
  const late = await visit()
  await late.page.goto(once)
  await late.seesText('This link is not valid any more.')

  await ann.button('Revoke').first().click()
  await ann.seesText('The link no longer works.')
  await late.page.goto(first)
  await late.seesText('This link is not valid any more.')
})

story('two people talk alone, and one with a bot', async ({ visit, server }) => {
  await server.signUp('bo', { display_name: 'Bo Lindqvist' })
  const ann = await visit()
  await ann.signsUp('ann')
  await ann.button('New direct message').click()
  await ann.page.getByLabel('Name of the person or bot').fill('bo')
  await ann.button('Start talking').click()
  await ann.page.getByRole('heading', { name: 'Bo Lindqvist', level: 1 }).waitFor()
  await ann.says('Lunch?')
  await ann.sees('Lunch?')

  const bo = await visit()
  await bo.signsIn('bo')
  await bo.page.getByRole('navigation').getByRole('link', { name: /ann.*1 unread message/ }).click()
  await bo.says('At noon')
  await ann.sees('At noon')

  await ann.button('New direct message').click()
  await ann.page.getByLabel('Name of the person or bot').fill('dice')
  await ann.button('Start talking').click()
  await ann.page.getByRole('heading', { name: 'dice', level: 1 }).waitFor()
  await ann.says('/dice 6')
  await ann.feed.locator('article.bot').waitFor()
})

story('the switcher leads to a room by a few letters', async ({ visit }) => {
  const ann = await visit()
  await ann.signsUp('ann')
  for (const title of ['Tea', '周末远足', 'Plans']) await ann.createsRoom(title)
  await ann.page.keyboard.press('Control+k')
  await ann.page.getByRole('dialog').waitFor()
  await ann.page.keyboard.type('远足')
  await ann.page.getByRole('option').getByText('周末远足').waitFor()
  await ann.page.keyboard.press('Enter')
  await ann.page.getByRole('heading', { name: '周末远足', level: 1 }).waitFor()
  await ann.until('the field has the focus', () => ann.page.evaluate(() => document.activeElement.id === 'composer'))
})

story('drafts are kept for each room', async ({ visit }) => {
  const ann = await visit()
  await ann.signsUp('ann')
  await ann.createsRoom('Tea')
  await ann.types('about tea')
  await ann.createsRoom('Plans')
  await ann.types('about plans')
  await ann.page.reload()
  assert.equal(await ann.composer.inputValue(), 'about plans')
  await ann.page.getByRole('link', { name: 'Tea' }).click()
  await ann.page.getByRole('heading', { name: 'Tea', level: 1 }).waitFor()
  assert.equal(await ann.composer.inputValue(), 'about tea')
})

story('on a phone there is one column: the list, then the room, and back', async ({ visit, server }) => {
  const token = await server.signUp('ann')
  await server.rest('POST', '/rooms', { title: 'Tea' }, token)
  const ann = await visit({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true })
  await ann.signsIn('ann')
  await ann.page.getByRole('link', { name: 'Tea' }).tap()
  await ann.composer.waitFor()
  assert.equal(await ann.page.getByRole('navigation').count(), 0)
  await ann.composer.fill('from the bus')
  await ann.button('Send message').tap()
  await ann.sees('from the bus')
  assert.ok(await ann.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing is wider than the screen')
  for (const name of ['Send message', 'Search', 'Room menu']) {
    const box = await ann.button(name).boundingBox()
    assert.ok(box.width >= 44 && box.height >= 44, `${name} is ${box.width} x ${box.height}`)
  }
  await ann.page.getByRole('link', { name: 'Back to rooms' }).tap()
  await ann.page.getByRole('link', { name: 'Tea' }).waitFor()
})
