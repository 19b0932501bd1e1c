import assert from 'node:assert/strict'
import { story } from './story.mjs'

async function annIn(visit, title = 'Bots') {
  const ann = await visit()
  await ann.isNew('ann')
  await ann.hasRoom(title)
  return ann
}
const answers = (person) => person.feed.locator('article.bot .body')

story('a plugin is replaced between two commands, and the open page knows', async ({ visit, server }) => {
  const ann = await annIn(visit)
  await server.installs('versioned_v1', 'versioned')
  await ann.types('/ver')
  await ann.page.getByRole('option', { name: /^\/version/ }).waitFor()
  await ann.says('/version')
  await answers(ann).getByText('v1', { exact: true }).waitFor()

  await server.installs('versioned_v2', 'versioned')
  await ann.until('the new build answers', async () => {
    await ann.says('/version')
    return answers(ann).getByText('v2', { exact: true }).first().waitFor({ timeout: 1000 }).then(() => true, () => false)
  })
  const asked = await ann.feed.locator('article:not(.bot)').count()
  await ann.until('every command is answered', async () => (await answers(ann).count()) === asked)
  assert.match((await answers(ann).allInnerTexts()).join(' '), /^(v1 )+(v2 ?)+$/)
})

story('a slow command shows that it runs, and can be cancelled', async ({ visit, server }) => {
  await server.installs('slow', 'slow')
  const ann = await annIn(visit)
  await ann.until('the plugin', async () => {
    await ann.composer.fill('/slow')
    return (await ann.page.getByRole('option', { name: /^\/slow/ }).count()) > 0
  })
  await ann.says('/slow 20000')
  await ann.seesText('slow is working…')
  await ann.page.getByRole('button', { name: 'Cancel', exact: true }).click()
  await ann.seesText(/slow could not answer: cancelled/)
})

story('a stream grows, and ends whole', async ({ visit, server }) => {
  await server.installs('streamer', 'streamer')
  const ann = await annIn(visit)
  await ann.until('the plugin', async () => {
    await ann.composer.fill('/stream')
    return (await ann.page.getByRole('option', { name: /^\/stream/ }).count()) > 0
  })
  await ann.says('/stream 40 50')
  const answer = ann.feed.locator('article.bot').first()
  await answer.waitFor()
  await ann.until('it grows', async () => (await answer.getAttribute('aria-busy')) === 'true')
  await ann.until('the end', async () => (await answer.getAttribute('aria-busy')) === 'false')
  assert.equal(await answers(ann).first().innerText(), Array.from({ length: 40 }, (_, index) => index + 1).join(' '))
})

story('a crash is told with its reason and an id, to the author; the room sees only that it failed', async ({ visit, server }) => {
  await server.installs('segfault', 'segfault')
  const ann = await annIn(visit)
  await ann.until('the plugin', async () => {
    await ann.composer.fill('/segfault')
    return (await ann.page.getByRole('option', { name: /^\/segfault/ }).count()) > 0
  })
  await ann.says('/segfault')
  await ann.seesText(/segfault could not answer: the plugin crashed/)
  const ids = async () => (await ann.page.getByText(/Id [0-9a-f]{8}/).allInnerTexts()).join()
  await ann.seesText(/Id [0-9a-f]{8}/)
  const first = await ids()
  await ann.button('Retry').first().click()
  await ann.until('it is tried again', async () => /Id/.test(await ids()) && (await ids()) !== first)
})

story('an operator sees the plugins, switches one off and on, and others may not', async ({ visit, server }) => {
  const admin = await visit()
  await admin.isNew('root-admin', await server.adminLink())
  await admin.page.goto('/admin/plugins')
  const echo = admin.page.getByRole('listitem').filter({ has: admin.page.getByRole('heading', { name: 'echo', exact: true }) })
  await echo.getByText('live', { exact: true }).waitFor()
  await echo.getByRole('button', { name: 'Actions for echo' }).click()
  await admin.page.getByRole('menuitem', { name: 'Disable' }).click()
  await admin.page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click()
  await echo.getByText(/^disabled/).waitFor()
  await echo.getByRole('button', { name: 'Actions for echo' }).click()
  await admin.page.getByRole('menuitem', { name: 'Enable' }).click()
  await echo.getByText('live', { exact: true }).waitFor()

  const bo = await visit()
  await bo.isNew('bo')
  await bo.page.goto('/admin/plugins')
  await bo.seesText('Only operators can see this page.')
  assert.equal(await bo.page.getByRole('heading', { name: 'echo' }).count(), 0)
})
