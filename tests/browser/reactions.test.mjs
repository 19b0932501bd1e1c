import assert from 'node:assert/strict'
import { story } from './story.mjs'

async function annAndBo(visit) {
  const ann = await visit()
  await ann.isNew('ann')
  const link = await ann.hasRoom('Tea')
  const bo = await visit()
  await bo.isNew('bo', link)
  await bo.composer.waitFor()
  await ann.says('The kettle is on')
  await bo.sees('The kettle is on')
  return { ann, bo }
}
const chip = (person, name) => person.message('The kettle is on').getByRole('button', { name })

story('a reaction is given with the mouse, counted for both, and taken back', async ({ visit }) => {
  const { ann, bo } = await annAndBo(visit)
  await bo.message('The kettle is on').hover()
  await bo.message('The kettle is on').getByRole('button', { name: 'Add a reaction' }).first().click()
  await bo.page.getByRole('dialog').getByRole('button', { name: 'thumbs up yes ok' }).click()
  await chip(ann, '👍 1 by bo').click()
  await chip(bo, '👍 2 by ann and you').waitFor()
  assert.equal(await chip(ann, '👍 2 by bo and you').getAttribute('aria-pressed'), 'true')
  assert.match(await chip(ann, '👍 2 by bo and you').innerText(), /2/)

  await bo.page.reload()
  await chip(bo, '👍 2 by ann and you').click()
  await chip(ann, '👍 1 by you').click()
  await ann.until('none is left', async () => (await bo.page.getByRole('group', { name: 'Reactions' }).count()) === 0)
})

story('an emoji is found by a word, with the keyboard alone', async ({ visit }) => {
  const { ann, bo } = await annAndBo(visit)
  await ann.message('The kettle is on').focus()
  await ann.page.keyboard.press('+')
  await ann.page.getByRole('searchbox', { name: 'Find an emoji' }).waitFor()
  await ann.page.keyboard.type('party')
  await ann.page.keyboard.press('ArrowDown')
  await ann.page.keyboard.press('Enter')
  await chip(bo, '🎉 1 by ann').waitFor()
  await ann.page.keyboard.press('Escape')
})

story('reactions of the time away are there on coming back', async ({ visit, server }) => {
  const { ann, bo } = await annAndBo(visit)
  const cleo = await server.signUp('cleo')
  await ann.button('Invite people').first().click()
  await ann.page.getByLabel('Add someone').fill('cleo')
  await ann.page.getByRole('dialog').getByRole('button', { name: 'Add', exact: true }).click()
  await ann.seesText('cleo is in.')
  await bo.page.goto('about:blank')
  const { messages } = await server.rest('GET', `/rooms/${ann.room}/messages`, undefined, cleo)
  await server.rest('PUT', `/rooms/${ann.room}/messages/${messages.at(-1).id}/reactions/${encodeURIComponent('👀')}`, undefined, cleo)
  await bo.goesTo(ann.room)
  await chip(bo, '👀 1 by cleo').waitFor()
})
