// Keys for scripts: made and shown once, used, seen, revoked by their owner and by an operator.
import assert from 'node:assert/strict'
import { isAccessible } from './axe.mjs'
import { story } from './story.mjs'

async function makesToken(person, name) {
  await person.page.goto('/settings')
  await person.button('New token').click()
  await person.page.getByLabel('What it is for').fill(name)
  await person.page.getByLabel('Valid for').selectOption({ label: '30 days' })
  await person.button('Make the token').click()
  await person.seesText('it is shown this once')
  return person.page.getByLabel('Copy token').inputValue()
}
const row = (person, name) => person.page.getByRole('listitem').filter({ has: person.page.getByRole('heading', { name }) })

story('a token is shown once, lets a script in as me, and out when I revoke it', async ({ visit, server }) => {
  const ann = await visit()
  await ann.isNew('ann')
  await ann.hasRoom('Tea')
  const tea = ann.room
  const token = await makesToken(ann, 'Build server')
  assert.match(token, /^riposte_[\w-]{43}$/)
  await isAccessible(ann, 'a new token')
  await ann.button('Done').click()
  await row(ann, 'Build server').getByText(/not used yet · until/).waitFor()
  await isAccessible(ann, 'settings with a token')
  await server.post(tea, 'built', token)
  await ann.page.reload()
  await row(ann, 'Build server').getByText(/last used/).waitFor()
  assert.equal(await ann.page.getByText(token.slice(0, 16)).count(), 0, 'nobody can read it again')

  await ann.button('Revoke Build server').click()
  await ann.page.getByRole('dialog').getByText('is out at once').waitFor()
  await ann.page.getByRole('dialog').getByRole('button', { name: 'Revoke', exact: true }).click()
  await row(ann, 'Build server').waitFor({ state: 'detached' })
  await assert.rejects(server.post(tea, 'again', token), /401/)
  await ann.goesTo(tea)
  assert.deepEqual(await ann.messages(), ['built'])
})

story('an operator finds a token by its owner and revokes it; the owner’s page no longer has it', async ({ visit, server }) => {
  const root = await visit()
  await root.isNew('root-admin', await server.adminLink())
  const ming = await visit({ locale: 'zh-CN' })
  await server.signUp('ming')
  await ming.page.goto('/sign-in')
  await ming.page.locator('input[name=username]').fill('ming')
  await ming.page.locator('input[name=password]').fill('correct horse')
  await ming.page.locator('form button').click()
  await ming.page.getByRole('navigation').waitFor()
  await ming.page.goto('/settings')
  await ming.button('新建令牌').click()
  await ming.page.getByLabel('用途').fill('备份')
  await ming.button('生成令牌').click()
  const token = await ming.page.getByLabel('复制令牌').inputValue()

  await root.page.goto('/admin')
  await root.page.getByRole('link', { name: 'Tokens' }).click()
  await root.page.getByRole('searchbox').fill('ming')
  await row(root, '备份').getByText('ming', { exact: true }).waitFor()
  await root.button('Revoke 备份').click()
  await root.page.getByRole('dialog').getByRole('button', { name: 'Revoke', exact: true }).click()
  await root.seesText('Nothing found.')
  await assert.rejects(server.rest('GET', '/me', undefined, token), /401/)
  await ming.page.reload()
  await ming.button('新建令牌').waitFor()
  assert.equal(await ming.page.getByText('备份').count(), 0)
  await root.page.getByRole('link', { name: 'Audit' }).click()
  await root.seesText(/root-admin, web revoked a token of ming/)
})
