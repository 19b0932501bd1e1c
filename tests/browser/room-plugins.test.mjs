import assert from 'node:assert/strict'
import { story } from './story.mjs'

const membersOf = (person) => person.page.getByRole('complementary', { name: 'Members' })

story('an owner adds a plugin, lets it read along, and takes both back; everybody sees it', async ({ visit, server }) => {
  await server.installs('listener', 'listener')
  const ann = await visit()
  await ann.signsUp('ann')
  await ann.until('the plugin', async () => /needs grant: hear/.test(await server.operates('plugin', 'list')))
  await server.operates('plugin', 'grant', 'listener', 'hear')
  await server.operates('plugin', 'rooms', 'dice', 'invited')
  const link = await ann.createsRoom('Tea')
  const bo = await visit()
  await bo.signsUp('bo', link)
  await bo.composer.waitFor()
  await bo.composer.fill('/echo')
  await bo.page.getByRole('option', { name: /^\/echo/ }).waitFor()
  await bo.composer.fill('/dic')
  await bo.until('dice is not offered', async () => (await bo.page.getByRole('option', { name: /^\/dice/ }).count()) === 0)
  await bo.composer.fill('')
  await bo.says('/dice')
  await bo.seesText('It is not in this room. An owner of the room can add it under Members.')
  assert.equal(await membersOf(bo).getByRole('button', { name: 'Add dice' }).count(), 0)

  await ann.button('Add dice').click()
  await bo.seesText('ann added dice')
  await bo.composer.fill('/dic')
  await bo.page.getByRole('option', { name: /^\/dice/ }).waitFor()

  await ann.button('Add listener').click()
  await ann.button('Let it read along').click()
  await bo.seesText('ann lets listener read the messages of this room')
  await membersOf(bo).getByText('reads along').waitFor()
  await bo.composer.fill('')
  await bo.says('tea?')
  await bo.sees('7 bo: tea?')

  await ann.button('Stop reading').click()
  await bo.seesText('listener no longer reads the messages of this room')
  await ann.button('Remove listener').click()
  await ann.button('Remove dice').click()
  await bo.seesText('ann removed dice')
})
