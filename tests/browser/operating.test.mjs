// What operators do to plugins in the browser: each with its consequences said before and the reason after.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { BUILD } from './server.mjs'
import { story } from './story.mjs'

const fixture = (name) => join(BUILD, 'tests/fixtures/plugins', `${name}.so`)
const card = (person, id) => person.page.getByRole('listitem').filter({ has: person.page.getByRole('heading', { name: id, exact: true }) })
const dialog = (person) => person.page.getByRole('dialog')

async function rootAtPlugins(visit, server) {
  const root = await visit()
  await root.isNew('root-admin', await server.adminLink())
  await root.page.goto('/admin/plugins')
  await card(root, 'echo').waitFor()
  return root
}

async function chooses(person, id, item) {
  await person.button(`Actions for ${id}`).click()
  await person.page.getByRole('menuitem', { name: item }).click()
}

/** What a bot answers to a command of somebody else's, over REST. */
async function answerTo(server, room, token, line) {
  await server.post(room, line, token)
  for (let attempt = 0; attempt < 200; attempt++) {
    const { messages } = await server.rest('GET', `/rooms/${room}/messages`, undefined, token)
    const last = messages.at(-1)
    if (last.author.bot) return last.text
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`no answer to ${line}`)
}

async function bobIn(server) {
  const bob = await server.signUp('bob')
  const { room } = await server.rest('POST', '/rooms', { title: 'Bots' }, bob)
  return { says: (line) => server.post(room.uri, line, bob), asks: (line) => answerTo(server, room.uri, bob, line) }
}

story('a build that waits for a permission says for which and what that means; granted, it answers; taken back, it stops', async ({ visit, server }) => {
  const root = await rootAtPlugins(visit, server)
  const { asks } = await bobIn(server)
  await server.installs('caller', 'caller')
  const caller = card(root, 'caller')
  await caller.getByText('needs grant: network').waitFor()
  await caller.getByText('Waits for the permission network.').waitFor()
  await caller.getByText(/connect to other machines/).waitFor()
  await caller.getByRole('button', { name: 'Grant network to caller' }).click()
  await caller.getByText('live', { exact: true }).waitFor()
  await caller.getByText('May: network').waitFor()
  assert.equal(await asks('/call inet'), 'allowed')

  await caller.getByRole('button', { name: 'Take back network from caller' }).click()
  await dialog(root).getByText(/it is disabled at once/).waitFor()
  await dialog(root).getByRole('button', { name: 'Take back' }).click()
  await caller.getByText('disabled', { exact: true }).waitFor()
  await root.page.getByRole('link', { name: 'Audit' }).click()
  await root.seesText(/took a permission from the plugin caller network/)
})

story('a build is installed by dropping its file: hash and check first, live by a second word, a refusal with its reason', async ({ visit, server }) => {
  const root = await rootAtPlugins(visit, server)
  const { asks } = await bobIn(server)
  const bytes = (await readFile(fixture('versioned_v1'))).toString('base64')
  const dropped = await root.page.evaluateHandle((base64) => {
    const transfer = new DataTransfer()
    transfer.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], 'versioned.so'))
    return transfer
  }, bytes)
  for (const type of ['dragenter', 'dragover', 'drop']) await root.page.locator('.plugins').dispatchEvent(type, { dataTransfer: dropped })
  await dialog(root).getByText(/^[0-9a-f]{64}$/).waitFor()
  await dialog(root).getByText('Loads in a sandboxed process').waitFor()
  await dialog(root).getByText('Declares /version').waitFor()
  await dialog(root).getByText(/versioned is new here/).waitFor()
  assert.equal(await card(root, 'versioned').count(), 0, 'nothing is live yet')
  await dialog(root).getByRole('button', { name: 'Install' }).click()
  await dialog(root).waitFor({ state: 'detached' })
  await card(root, 'versioned').getByText('live', { exact: true }).waitFor()
  assert.equal(await asks('/version'), 'v1')

  const picks = (name) => root.page.locator('input[type=file]').setInputFiles(fixture(name))
  await root.button('Install a build').click()
  await picks('versioned_v2')
  await dialog(root).getByText(/2 takes the place of versioned 1/).waitFor()
  await dialog(root).getByRole('button', { name: 'Install' }).click()
  await dialog(root).waitFor({ state: 'detached' })
  await root.until('the new build answers', async () => (await asks('/version')) === 'v2')

  await root.button('Install a build').click()
  await picks('no_entry')
  await dialog(root).getByRole('alert').getByText(/^Refused: /).waitFor()
  await picks('thief')
  await dialog(root).getByText(/Would be refused: \/dice belongs to dice/).waitFor()
  assert.ok(await dialog(root).getByRole('button', { name: 'Install' }).isDisabled())
  await picks('refuses')
  await dialog(root).getByText(/refuses is new here/).waitFor()
  await dialog(root).getByRole('button', { name: 'Install' }).click()
  await dialog(root).getByRole('alert').getByText(/no weather today/).waitFor()
})

story('going back asks what becomes of the data, says what each costs, and does it', async ({ visit, server }) => {
  const root = await rootAtPlugins(visit, server)
  const { asks, says } = await bobIn(server)
  const trial = card(root, 'trial')
  const serves = (version) => trial.getByText(new RegExp(`^${version} ·`)).waitFor()
  await server.installs('trial_v2', 'trial')
  await serves('2')
  await says('/write tea')
  assert.equal(await asks('/read'), 'tea')
  await server.installs('trial_v3', 'trial')
  await serves('3')
  await says('/write coffee')
  assert.equal(await asks('/read'), 'coffee')

  await chooses(root, 'trial', 'Go back to the build before')
  await dialog(root).getByText('Nothing that people entered is lost.').waitFor()
  await dialog(root).getByLabel('Restore it as it was before').check()
  await dialog(root).getByText('What was stored since 3 took over is lost for good.').waitFor()
  await dialog(root).getByRole('button', { name: 'Go back' }).click()
  await serves('2')
  await root.seesText(/trial: 2 serves again/)
  assert.equal(await asks('/read'), 'tea')
})

story('a command gets another name, and a taken one is refused beside the field', async ({ visit, server }) => {
  const root = await rootAtPlugins(visit, server)
  const { asks } = await bobIn(server)
  await chooses(root, 'echo', 'Names of commands')
  const field = root.page.getByLabel('Name for /echo', { exact: true })
  await field.fill('/dice')
  await root.button('Save the name for /echo').click()
  await dialog(root).getByText(/\/dice belongs to dice/).waitFor()
  assert.equal(await field.getAttribute('aria-invalid'), 'true')
  await field.fill('/say')
  await root.button('Save the name for /echo').click()
  await root.seesText('/echo is now called /say.')
  await root.page.keyboard.press('Escape')
  await card(root, 'echo').getByText('/say', { exact: true }).waitFor()
  assert.equal(await asks('/say hello'), 'hello')
})

story('isolation is switched with the warning, and back', async ({ visit, server }) => {
  const root = await rootAtPlugins(visit, server)
  const echo = card(root, 'echo')
  await chooses(root, 'echo', 'Run inside the server')
  await dialog(root).getByText('Inside the server a crash of echo ends the whole server.').waitFor()
  await dialog(root).getByRole('button', { name: 'Run inside the server' }).click()
  await echo.getByText('inside the server').waitFor()
  await chooses(root, 'echo', 'Run in a process of its own')
  await dialog(root).getByText(/a crash then ends that process only/).waitFor()
  await dialog(root).getByRole('button', { name: 'Run in a process of its own' }).click()
  await echo.getByText('own process').waitFor()
})

story('a failed command is found by the id that its author sees, and leads to the lines of the log about it', async ({ visit, server }) => {
  const ann = await visit()
  const root = await rootAtPlugins(visit, server)
  await server.installs('chatty', 'chatty')
  await card(root, 'chatty').waitFor()
  await server.installs('segfault', 'segfault')
  await card(root, 'segfault').waitFor()
  await ann.isNew('ann')
  await ann.hasRoom('Bots')
  for (const command of ['/chatty', '/segfault'])
    await ann.until(`${command} is there`, async () => {
      await ann.composer.fill(command)
      return (await ann.page.getByRole('option', { name: new RegExp(`^${command}`) }).count()) > 0
    })
  await ann.says('/chatty')
  await ann.feed.locator('article.bot').first().waitFor()
  await ann.says('/segfault')
  const id = /Id ([0-9a-f]{8})/.exec(await ann.page.getByText(/Id [0-9a-f]{8}/).first().innerText())[1]

  await root.page.getByRole('link', { name: 'Commands' }).click()
  await root.page.getByRole('searchbox').fill(id)
  const found = card(root, '/segfault')
  await found.getByText('Failed', { exact: true }).waitFor()
  await found.getByText(/ann · Bots/).waitFor()
  await card(root, '/chatty').waitFor({ state: 'detached' })
  await root.page.getByRole('searchbox').fill('chatty')
  await card(root, '/chatty').getByRole('button', { name: /^Log of/ }).click()
  const log = dialog(root)
  await log.getByText('Log of chatty', { exact: true }).waitFor()
  await log.getByRole('searchbox').fill('stdout')
  await log.locator('.stdout').first().waitFor()
  assert.equal(await log.locator('.host').count(), 0)
  await log.getByRole('searchbox').fill('')
  await log.locator('.host').first().waitFor()
  const before = await log.locator('.lines p').count()
  await ann.says('/chatty')
  await root.until('new lines come by themselves', async () => (await log.locator('.lines p').count()) > before)
})

story('settings are changed while the plugin serves: typed, said before, refused beside the field or with the reason, and taken back', async ({ visit, server }) => {
  const root = await rootAtPlugins(visit, server)
  const { asks } = await bobIn(server)
  await server.installs('configured', 'configured')
  const configured = card(root, 'configured')
  await configured.getByText(/greeting/).waitFor() // it waits for what it requires
  await chooses(root, 'configured', 'Settings')
  const field = (key) => dialog(root).getByRole('textbox', { name: new RegExp(`^${key}`) })
  const apply = dialog(root).getByRole('button', { name: 'Apply' })
  await dialog(root).getByText('Default of the plugin').first().waitFor()
  await dialog(root).getByText(/never shown and never sent from here/).waitFor()
  assert.equal(await dialog(root).locator('input').count(), 2, 'none for the secret')
  assert.ok(await apply.isDisabled())
  await field('greeting').fill('salut')
  await dialog(root).getByText(/^Changes greeting\./).waitFor()
  await apply.click()
  await root.seesText(/configured: generation \d+ serves with the new settings/)
  await configured.getByText('live', { exact: true }).waitFor()
  assert.equal(await asks('/greet'), 'salut')

  await chooses(root, 'configured', 'Settings')
  await field('times').fill('9')
  await apply.click()
  await dialog(root).locator('.error').getByText('A whole number, 1 to 5').waitFor()
  assert.equal(await field('times').getAttribute('aria-invalid'), 'true')
  await field('times').fill('2')
  await field('greeting').fill('refuse')
  await apply.click()
  await dialog(root).getByRole('alert').getByText(/no greeting is like that.*serves on as before/).waitFor()
  assert.equal(await asks('/greet'), 'salut')
  await field('greeting').fill('moin')
  await apply.click()
  await dialog(root).waitFor({ state: 'detached' })
  assert.equal(await asks('/greet'), 'moin')

  await chooses(root, 'configured', 'Settings')
  await dialog(root).getByText('Set while it served, by root-admin, web').first().waitFor()
  await dialog(root).getByRole('button', { name: 'times: back to 1 (Default of the plugin)' }).click()
  await dialog(root).getByText('Goes back to 1 (Default of the plugin)').waitFor()
  assert.equal(await field('times').inputValue(), '1')
  await apply.click()
  await dialog(root).waitFor({ state: 'detached' })
  await chooses(root, 'configured', 'Settings')
  await dialog(root).getByText('Default of the plugin').first().waitFor()
  assert.equal(await field('times').inputValue(), '1')
  await root.page.keyboard.press('Escape')
  await root.page.getByRole('link', { name: 'Audit' }).click()
  await root.seesText(/changed settings of the plugin configured greeting/)
})

story('a plugin is put where rooms invite it, and everywhere again, each with what it means', async ({ visit, server }) => {
  const root = await rootAtPlugins(visit, server)
  const { says } = await bobIn(server)
  await chooses(root, 'dice', 'Where it works')
  const apply = dialog(root).getByRole('button', { name: 'Apply' })
  assert.ok(await apply.isDisabled())
  await dialog(root).getByLabel('Where a room’s owner has added it').check()
  await dialog(root).getByText(/In other rooms the commands of dice go from the list at once/).waitFor()
  await apply.click()
  await root.seesText('dice works where a room’s owner has added it.')
  await card(root, 'dice').getByText('by invitation').waitFor()
  await assert.rejects(says('/dice'), /command_not_allowed/)
  await chooses(root, 'dice', 'Where it works')
  await dialog(root).getByLabel('Everywhere').check()
  await dialog(root).getByText(/in every room, also in direct ones/).waitFor()
  await apply.click()
  await card(root, 'dice').getByText('everywhere').waitFor()
  await says('/dice')
})

story('a conflict of two commands and a plugin that died too often say why', async ({ visit, server }) => {
  const root = await rootAtPlugins(visit, server)
  const { says } = await bobIn(server)
  await server.installs('thief', 'thief')
  await card(root, 'thief').getByText(/\/dice belongs to dice/).waitFor()
  await server.installs('segfault', 'segfault')
  const segfault = card(root, 'segfault')
  await segfault.getByText('live', { exact: true }).waitFor()
  await root.until('the circuit opens', async () => {
    await says('/segfault').catch(() => undefined) // busy, or not there at the moment
    return (await segfault.getByText(/^circuit open/).count()) > 0
  })
  await segfault.locator('.reason').getByText(/SIGSEGV|failures|crash/i).waitFor()
})
