import assert from 'node:assert/strict'
import { story } from './story.mjs'

story('a stranger signs up, signs out and in again', async ({ visit }) => {
  const ann = await visit()
  await ann.page.goto('/')
  await ann.page.waitForURL('**/sign-in')
  await ann.page.getByRole('link', { name: 'Create account' }).click()
  await ann.signsUp('ann')
  await ann.seesText('Your conversations live here')

  await ann.button('ann Account menu').click()
  await ann.page.getByRole('menuitem', { name: 'Sign out' }).click()
  await ann.page.waitForURL('**/sign-in')

  await ann.page.getByLabel('Name', { exact: true }).fill('ann')
  await ann.page.getByLabel('Password').fill('not it at all')
  await ann.button('Sign in').click()
  await ann.seesText('Name or password is wrong.')
  await ann.signsIn('ann')
  await ann.seesText('Your conversations live here')
})

story('a name can be taken only once, and the field says so', async ({ visit, server }) => {
  await server.signUp('ann')
  const second = await visit()
  await second.page.goto('/sign-up')
  await second.page.getByLabel('Name', { exact: true }).fill('ann')
  await second.page.getByLabel('Password').fill('correct horse')
  await second.button('Create account').click()
  await second.seesText('This name is taken.')
  assert.equal(await second.page.getByLabel('Name', { exact: true }).getAttribute('aria-invalid'), 'true')
})

story('an invite leads a stranger through sign-up into the room, and a friend through sign-in', async ({ visit, server }) => {
  const ann = await visit()
  await ann.signsUp('ann')
  const link = await ann.createsRoom('Tea and plans')

  const bo = await visit()
  await bo.page.goto(link)
  await bo.seesText('Join Tea and plans')
  await bo.signsUp('bo', link)
  await bo.composer.waitFor()

  await server.signUp('cleo')
  const cleo = await visit()
  await cleo.page.goto(link)
  await cleo.button('Sign in').click()
  await cleo.page.getByLabel('Name', { exact: true }).fill('cleo')
  await cleo.page.getByLabel('Password').fill('correct horse')
  await cleo.page.locator('form').getByRole('button', { name: 'Sign in' }).click()
  await cleo.composer.waitFor()

  for (const name of ['bo', 'cleo']) await ann.seesText(`${name} joined`)
})

story('a link that is spent says so', async ({ visit }) => {
  const ann = await visit()
  await ann.page.goto('/join/nothing-of-the-sort')
  await ann.seesText('This link is not valid any more.')
})

story('the language is that of the browser, and can be changed', async ({ visit }) => {
  const ming = await visit({ locale: 'zh-CN' })
  await ming.page.goto('/sign-in')
  await ming.seesText('欢迎回来')
  assert.equal(await ming.page.locator('html').getAttribute('lang'), 'zh-CN')
  await ming.button('English').click()
  await ming.seesText('Welcome back')
  await ming.page.reload()
  await ming.seesText('Welcome back')
})
