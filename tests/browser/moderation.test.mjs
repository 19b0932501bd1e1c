import assert from 'node:assert/strict'
import { story } from './story.mjs'

async function annAndBo(visit) {
  const ann = await visit()
  await ann.isNew('ann')
  const link = await ann.hasRoom('Tea')
  const bo = await visit()
  await bo.isNew('bo', link)
  await bo.composer.waitFor()
  return { ann, bo, link }
}
const opens = async (person, item) => {
  await person.button('Room menu').click()
  await person.page.getByRole('menuitem', { name: item }).click()
}

story('a message is reported, and a moderator removes it', async ({ visit }) => {
  const { ann, bo, link } = await annAndBo(visit)
  const cleo = await visit()
  await cleo.isNew('cleo', link)
  await cleo.composer.waitFor()
  await cleo.says('buy gold')
  await bo.sees('buy gold')
  await bo.message('buy gold').hover()
  await bo.message('buy gold').getByRole('button', { name: 'Report' }).click()
  await bo.page.getByLabel('What is wrong?').fill('spam')
  await bo.page.getByRole('dialog').getByRole('button', { name: 'Report' }).click()
  await bo.seesText('Thank you. The moderators will look at it.')

  await opens(ann, '1 open report')
  await ann.seesText('Reported by bo: spam')
  await ann.page.getByRole('dialog').getByRole('button', { name: 'Delete message' }).click()
  await ann.seesText('Nothing to look at.')
  await cleo.sees('This message was deleted.')
  await bo.button('Room menu').click()
  await bo.page.getByRole('menuitem', { name: 'Notifications' }).waitFor()
  assert.equal(await bo.page.getByRole('menuitem', { name: /report/i }).count(), 0)
})

story('slow mode lets a member wait, and says how long; nobody loses what they wrote', async ({ visit }) => {
  const { ann, bo } = await annAndBo(visit)
  await opens(ann, 'Room settings')
  await ann.page.getByLabel('Slow mode').selectOption({ label: '5 seconds' })
  await ann.button('Save').click()
  await bo.seesText('ann changed slow mode')
  await bo.says('one')
  await ann.sees('one')
  await bo.types('two')
  await bo.seesText(/Slow mode: you can write again in [1-5] s/)
  await bo.page.keyboard.press('Enter')
  assert.equal(await bo.composer.inputValue(), 'two')
  await bo.until('the wait is over', () => bo.button('Send message').isEnabled())
  await bo.page.keyboard.press('Enter')
  await ann.sees('two')
  for (const text of ['a', 'b']) await ann.says(text)
  await bo.sees('b')
})
