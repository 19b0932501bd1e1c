import assert from 'node:assert/strict'
import { join } from 'node:path'
import { isAccessible, LOOKS } from './axe.mjs'
import { BUILD, PASSWORD } from './server.mjs'
import { story } from './story.mjs'

/** An administrator at a browser. */
async function rootIn(visit, server) {
  const root = await visit()
  await root.isNew('root-admin', await server.adminLink())
  return root
}

const row = (person, name) => person.page.getByRole('listitem').filter({ has: person.page.getByRole('heading', { name, exact: true }) })

async function does(person, name, item) {
  await person.button(`Actions for ${name}`).click()
  await person.page.getByRole('menuitem', { name: item }).click()
}

async function confirms(person, words, action) {
  const dialog = person.page.getByRole('dialog')
  await dialog.getByText(words).waitFor()
  await dialog.getByRole('button', { name: action }).click()
  await dialog.waitFor({ state: 'detached' })
}

story('an account is disabled: its page is signed out at once, and it cannot come back until it is enabled', async ({ visit, server }) => {
  const root = await rootIn(visit, server)
  const bo = await visit()
  await bo.isNew('bo')
  for (const person of [root, bo]) await person.page.goto('/')
  await root.button('root-admin Account menu').click()
  await root.page.getByRole('menuitem', { name: 'Operating' }).click()
  await root.page.getByRole('heading', { name: 'Status', level: 1 }).waitFor()
  await root.page.getByRole('link', { name: 'People' }).click()
  await row(root, 'bo').getByText(/signed in on 1 device/).waitFor()
  await root.page.getByRole('searchbox').fill('root')
  await row(root, 'bo').waitFor({ state: 'detached' })
  await row(root, 'root-admin').getByText('You', { exact: true }).waitFor()
  await root.button('Actions for root-admin').click()
  await root.page.getByRole('menuitem', { name: 'Password reset link' }).waitFor()
  assert.equal(await root.page.getByRole('menuitem', { name: 'Disable account' }).count(), 0)
  await root.page.keyboard.press('Escape')
  await root.page.getByRole('searchbox').fill('')

  await does(root, 'bo', 'Disable account')
  await confirms(root, /signed out everywhere at once/, 'Disable account')
  await row(root, 'bo').getByText('Disabled', { exact: true }).waitFor()
  await bo.page.waitForURL(/sign-in/)
  await bo.page.getByLabel('Name', { exact: true }).fill('bo')
  await bo.page.getByLabel('Password').fill(PASSWORD)
  await bo.button('Sign in').click()
  await bo.page.getByRole('alert').waitFor()
  await does(root, 'bo', 'Enable account')
  await row(root, 'bo').getByText('Disabled', { exact: true }).waitFor({ state: 'detached' })
  await bo.button('Sign in').click()
  await bo.page.waitForURL((url) => url.pathname !== '/sign-in')

  await does(root, 'bo', 'Remove account')
  await confirms(root, /deleted for good/, 'Remove account')
  await row(root, 'bo').waitFor({ state: 'detached' })
  await bo.page.waitForURL(/sign-in/)

  await root.page.getByRole('link', { name: 'Audit' }).click()
  await root.seesText(/root-admin, web removed the account bo/)
  await root.seesText(/root-admin, web enabled the account bo/)
  await root.seesText(/root-admin, web disabled the account bo/)
})

story('a forgotten password: the operator makes a link, says what it does, and it works', async ({ visit, server }) => {
  const root = await rootIn(visit, server)
  const bo = await visit()
  await bo.isNew('bo')
  await root.page.goto('/admin/people')
  await does(root, 'bo', 'Password reset link')
  await root.seesText(/Whoever opens the link chooses a new password for bo/)
  await root.button('Make the link').click()
  const link = await root.page.getByLabel('Copy reset link').inputValue()
  assert.match(link, /\/reset\/\S{20,}/)
  await bo.page.goto(new URL(link).pathname)
  await bo.page.getByLabel(/password/i).first().fill('another horse')
  await bo.page.locator('form button').last().click()
  await bo.until('the new password is there', () => server.rest('POST', '/sessions', { name: 'bo', password: 'another horse', bearer: true }).then(() => true, () => false))
})

story('a room is closed under those who sit in it: they are told, read on, and cannot write', async ({ visit, server }) => {
  const root = await rootIn(visit, server)
  const ann = await visit()
  await ann.isNew('ann')
  await ann.hasRoom('Tea')
  await ann.says('hello')
  await ann.sees('hello')
  await root.page.goto('/admin/rooms')
  await row(root, 'Tea').getByText(/1 member · 1 message/).waitFor()
  await does(root, 'Tea', 'Close room')
  await confirms(root, /Nobody writes in “Tea” any more/, 'Close room')
  await row(root, 'Tea').getByText('Closed', { exact: true }).waitFor()
  await ann.seesText('This room is closed. It can be read, not written in.')
  await ann.seesText('root-admin closed the room')
  await ann.seesText('The people who run this server can open it again.')
  assert.equal(await ann.composer.count(), 0)
  // Nothing invites to write, react or edit; what is read can still be linked to, and deleted by who wrote it.
  await ann.message('hello').hover()
  await ann.message('hello').getByRole('button', { name: 'Copy link' }).waitFor()
  await ann.message('hello').getByRole('button', { name: 'Delete' }).waitFor()
  for (const name of ['Add a reaction', 'Reply', 'Edit']) assert.equal(await ann.message('hello').getByRole('button', { name }).count(), 0, name)
  await ann.message('hello').focus()
  for (const key of ['e', 'r', '+']) await ann.page.keyboard.press(key)
  assert.equal(await ann.page.getByLabel('Edit message').count() + await ann.page.getByText('Replying to').count() + await ann.page.getByRole('searchbox').count(), 0)
  assert.equal(await ann.page.getByText('Say hello').count() + await ann.button('Invite people').count(), 0)
  await ann.page.reload()
  await ann.sees('hello')
  await ann.seesText('This room is closed. It can be read, not written in.')
  await does(root, 'Tea', 'Open room again')
  await ann.composer.waitFor()
  await ann.says('again')
  await ann.sees('again')
})

story('reports of rooms that are not mine: one is left, one message is removed', async ({ visit, server }) => {
  const root = await rootIn(visit, server)
  const ann = await server.signUp('ann')
  const { room, invite } = await server.rest('POST', '/rooms', { title: 'Tea' }, ann)
  const bo = await server.signUp('bo', { invite: invite.token })
  for (const text of ['harmless', 'buy gold']) await server.post(room.uri, text, bo)
  const { messages } = await server.rest('GET', `/rooms/${room.uri}/messages`, undefined, ann)
  for (const { id } of messages) await server.rest('POST', `/rooms/${room.uri}/messages/${id}/report`, { reason: 'spam' }, ann)
  await root.page.goto('/admin/rooms')
  await root.page.getByRole('link', { name: '2 open reports' }).click()
  const report = (text) => root.page.getByRole('listitem').filter({ hasText: text })
  await report('harmless').getByRole('button', { name: 'Leave it' }).click()
  await report('harmless').waitFor({ state: 'detached' })
  await report('buy gold').getByText('Reported by ann: spam').waitFor()
  await report('buy gold').getByRole('button', { name: 'Remove message' }).click()
  await confirms(root, /erased for everyone, for good/, 'Remove message')
  await root.seesText('Nothing to look at.')
  const left = (await server.rest('GET', `/rooms/${room.uri}/messages`, undefined, bo)).messages
  assert.deepEqual(left.map(({ text, deleted }) => [text, deleted]), [['harmless', false], ['', true]])
})

story('status, configuration and a plugin’s history are there to be read', async ({ visit, server }) => {
  const root = await rootIn(visit, server)
  await root.hasRoom('Tea')
  await root.says('/echo one')
  await root.feed.locator('article.bot').waitFor()
  await root.page.goto('/admin')
  const figure = (label) => root.page.locator('.tile').filter({ has: root.page.getByText(label, { exact: true }) })
  await figure('Messages in the last minute').getByText('2', { exact: true }).waitFor()
  await figure('Open connections').getByText('1', { exact: true }).waitFor()
  await figure('Command time, p50 · p99').getByText('1 commands in 10 minutes, 0 failed').waitFor()
  await figure('Messages in the last minute').locator('polyline').waitFor({ state: 'attached' }) // after the second look
  await root.page.getByRole('link', { name: 'Configuration' }).click()
  await root.page.getByRole('searchbox').fill('http.port')
  const port = root.page.getByRole('row').filter({ has: root.page.getByRole('rowheader', { name: 'http.port' }) })
  await port.getByText('environment RIPOSTE_HTTP__PORT').waitFor()
  await root.page.getByRole('link', { name: 'Plugins' }).click()
  await does(root, 'echo', 'Disable')
  await root.page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click()
  await does(root, 'echo', 'History')
  await root.page.getByRole('dialog').getByText(/root-admin, web/).first().waitFor()
})

story('nobody but an administrator gets in, by whichever address', async ({ visit, server }) => {
  await server.adminLink()
  const bo = await visit()
  await bo.isNew('bo')
  for (const page of ['', '/people', '/rooms', '/reports', '/audit', '/configuration', '/plugins', '/commands', '/tokens']) {
    await bo.page.goto(`/admin${page}`)
    await bo.seesText('Only operators can see this page.')
    assert.equal(await bo.page.getByRole('navigation', { name: 'Operating' }).count(), 0)
  }
})

async function marksAWrongValue(page) {
  const times = page.getByRole('dialog').locator('[inputmode=decimal]')
  await times.fill('9')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').locator('[aria-invalid=true]').waitFor()
}

for (const [look, options] of LOOKS)
  story(`axe-core finds nothing on the operator's pages: ${look}`, async ({ visit, server }) => {
    const root = await server.signUp('root-admin', { link: (await server.adminLink()).split('/').at(-1) })
    const { room, invite } = await server.rest('POST', '/rooms', { title: 'Tea', visibility: 'public' }, root)
    const bo = await server.signUp('bo', { invite: invite.token })
    await server.post(room.uri, 'buy gold', bo)
    const { messages } = await server.rest('GET', `/rooms/${room.uri}/messages`, undefined, root)
    await server.rest('POST', `/rooms/${room.uri}/messages/${messages[0].id}/report`, { reason: 'spam' }, root)
    await server.rest('POST', '/me/tokens', { name: 'Build server', expires_in_s: 86400 }, bo)
    await server.post(room.uri, '/echo one', bo)
    await server.installs('caller', 'caller')
    await server.installs('configured', 'configured')
    await server.signUp('cleo')
    await server.rest('POST', '/operator/users/cleo/disable', undefined, root)
    await server.rest('POST', `/operator/rooms/${room.uri}/close`, undefined, root)

    const person = await visit(options)
    const { page } = person
    await page.goto('/sign-in')
    await page.locator('input[name=username]').fill('root-admin')
    await page.locator('input[name=password]').fill(PASSWORD)
    await page.locator('form button').click()
    await page.getByRole('navigation').waitFor()
    for (const [path, there] of [['', '.tile'], ['/plugins', '.plugin'], ['/people', '.row'], ['/rooms', '.row'], ['/reports', '.report'], ['/audit', '.list li'], ['/configuration', 'tbody tr'], ['/commands', '.row'], ['/tokens', '.row']]) {
      await page.goto(`/admin${path}`)
      await page.locator(there).first().waitFor()
      await isAccessible(person, `/admin${path}`)
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
      assert.equal(wider, 0, `/admin${path} fits the screen`)
    }
    await page.goto('/admin/plugins')
    await page.locator('.wants').first().waitFor()
    await isAccessible(person, 'a plugin that waits for a grant')
    for (const [index, dialog] of [[1, 'roll back'], [2, 'settings'], [3, 'where it works'], [4, 'names of commands'], [5, 'live log'], [6, 'history'], [7, 'isolation']]) {
      await page.locator('.plugin').filter({ has: page.getByRole('heading', { name: 'configured' }) }).locator('[aria-haspopup=menu]').click()
      await page.getByRole('menuitem').nth(index).click()
      await page.getByRole('dialog').waitFor()
      if (dialog === 'settings') await marksAWrongValue(page)
      await isAccessible(person, dialog)
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
    }
    await page.locator('.button-primary').first().click()
    await page.getByRole('dialog').waitFor()
    await isAccessible(person, 'install')
    await page.locator('input[type=file]').setInputFiles(join(BUILD, 'tests/fixtures/plugins/thief.so'))
    await page.getByRole('dialog').locator('code').waitFor()
    await isAccessible(person, 'install, checked')
    await page.keyboard.press('Escape')
    await page.goto('/settings')
    await page.getByRole('heading', { level: 1 }).waitFor()
    await isAccessible(person, 'settings with no token')

    await page.goto('/admin/people')
    await page.locator('.row .icon-button').nth(1).click()
    await page.getByRole('menuitem').last().click()
    await page.getByRole('dialog').waitFor()
    await isAccessible(person, 'disable dialog')
    await page.goto(`/r/${room.uri}`)
    await page.locator('.closed').waitFor()
    await isAccessible(person, 'a closed room')
  })
