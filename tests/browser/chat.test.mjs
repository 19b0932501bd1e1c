import assert from 'node:assert/strict'
import { story } from './story.mjs'

async function annAndBo(visit) {
  const ann = await visit()
  await ann.isNew('ann')
  const link = await ann.hasRoom('Tea and plans')
  const bo = await visit()
  await bo.isNew('bo', link)
  await bo.composer.waitFor()
  return { ann, bo }
}

story('two people in two browsers talk', async ({ visit }) => {
  const { ann, bo } = await annAndBo(visit)
  await ann.says('Hello, **Bo**')
  await bo.sees('Hello, Bo')
  assert.equal(await bo.message('Hello, Bo').locator('strong').innerText(), 'Bo')
  await bo.says('你好，Ann')
  await ann.sees('你好，Ann')
  assert.deepEqual(await ann.messages(), ['Hello, Bo', '你好，Ann'])
  await ann.page.reload()
  await ann.sees('你好，Ann')
  assert.deepEqual(await ann.messages(), ['Hello, Bo', '你好，Ann'])
})

story('who has the page open is here, and away when it is closed', async ({ visit }) => {
  const { ann, bo } = await annAndBo(visit)
  const group = (title) => ann.page.getByRole('complementary', { name: 'Members' }).locator('section').filter({ has: ann.page.getByRole('heading', { name: title }) })
  await group('Here').getByText('bo', { exact: true }).waitFor()
  await bo.page.goto('about:blank')
  await group('Away').getByText('bo', { exact: true }).waitFor()
})

story('typing is shown while it lasts', async ({ visit }) => {
  const { ann, bo } = await annAndBo(visit)
  await ann.types('I think')
  await bo.seesText('ann is typing…')
  await ann.composer.press('Enter')
  await bo.sees('I think')
  await bo.until('the typing line goes', async () => (await bo.page.getByText('ann is typing…').count()) === 0)
})

story('an edit and a deletion reach the other', async ({ visit }) => {
  const { ann, bo } = await annAndBo(visit)
  await ann.says('teh first')
  await ann.says('the second')
  await bo.sees('the second')

  await ann.composer.press('ArrowUp')
  await ann.page.getByLabel('Edit message').fill('the second, mended')
  await ann.page.keyboard.press('Enter')
  await bo.sees('the second, mended')
  assert.match(await bo.message('the second, mended').innerText(), /edited/)

  await ann.message('teh first').hover()
  await ann.message('teh first').getByRole('button', { name: 'Delete' }).click()
  await ann.page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
  await bo.sees('This message was deleted.')
  await bo.seesNo('teh first')
})

story('a reply quotes and leads to what it answers', async ({ visit }) => {
  const { ann, bo } = await annAndBo(visit)
  await ann.says('Who brings the kettle?')
  await bo.sees('Who brings the kettle?')
  await bo.message('Who brings the kettle?').hover()
  await bo.message('Who brings the kettle?').getByRole('button', { name: 'Reply' }).click()
  await bo.seesText('Replying to ann')
  await bo.says('I do')
  await ann.sees('I do')
  await ann.message('I do').getByRole('link', { name: /Who brings the kettle/ }).click()
  await ann.page.waitForURL(/\/r\/[^/]+\/[0-9a-f-]{36}$/)
})

story('unread messages are counted, marked, and read only when seen', async ({ visit }) => {
  const { ann, bo } = await annAndBo(visit)
  const tea = bo.room
  await bo.hasRoom('Elsewhere')
  await ann.says('one')
  await ann.says('two, @bo')
  const link = bo.page.getByRole('link', { name: /Tea and plans/ })
  await bo.until('the badge', async () => /2 unread messages, 1 mention$/.test(await link.innerText()))
  assert.match(await bo.page.title(), /^\(1\)/)
  await link.click()
  await bo.page.getByText('New', { exact: true }).waitFor()
  await bo.until('the badge goes', async () => !/unread/.test(await link.innerText()))
  assert.doesNotMatch(await bo.page.title(), /^\(/)
  await bo.page.reload()
  await bo.goesTo(tea)
  assert.doesNotMatch(await link.innerText(), /unread/)
})

story('a removed member is out at once', async ({ visit }) => {
  const { ann, bo } = await annAndBo(visit)
  await ann.button('bo Actions').click()
  await ann.page.getByRole('menuitem', { name: 'Remove from room' }).click()
  await ann.page.getByRole('dialog').getByRole('button', { name: 'Remove from room' }).click()
  await bo.seesText('This room does not exist, or you are not in it.')
  await ann.seesText('ann removed bo')
})

story('who goes away while their menu is open stays under the hand, and can be removed', async ({ visit }) => {
  const { ann, bo } = await annAndBo(visit)
  const row = ann.page.getByRole('complementary', { name: 'Members' }).getByRole('listitem').filter({ hasText: 'bo' })
  await row.locator('.present').waitFor()
  await ann.button('bo Actions').click()
  await ann.page.getByRole('menuitem', { name: 'Remove from room' }).hover()
  await bo.page.goto('about:blank')
  await row.locator('.present').waitFor({ state: 'detached' })
  await ann.page.getByRole('menuitem', { name: 'Remove from room' }).click()
  await ann.page.getByRole('dialog').getByRole('button', { name: 'Remove from room' }).click()
  await ann.seesText('ann removed bo')
})

story('search finds Chinese and leads to the message', async ({ visit }) => {
  const { ann } = await annAndBo(visit)
  for (const text of ['今天的天气很好', 'the kettle is on', '明天再说']) await ann.says(text)
  await ann.sees('明天再说')
  await ann.page.keyboard.press('Control+Shift+F')
  await ann.page.getByRole('searchbox').fill('天气')
  const hit = ann.page.getByRole('option', { name: /今天的天气很好/ })
  await ann.until('the index to catch up', async () => {
    await ann.page.getByRole('searchbox').fill('')
    await ann.page.getByRole('searchbox').fill('天气')
    return hit.waitFor({ timeout: 1000 }).then(() => true, () => false)
  })
  await hit.click()
  await ann.page.waitForURL(/\/r\/[^/]+\/[0-9a-f-]{36}$/)
})

story('what one writes is drawn, never run', async ({ visit }) => {
  const { ann, bo } = await annAndBo(visit)
  await ann.says('<img src=x onerror="window.hacked = true"> [x](javascript:window.hacked=true)')
  await bo.sees('onerror')
  assert.equal(await bo.page.evaluate(() => window.hacked), undefined)
  assert.equal(await bo.message('onerror').locator('img').count(), 0)
})

story('the timeline is one Tab stop, with the arrows inside', async ({ visit }) => {
  const { ann } = await annAndBo(visit)
  for (const text of ['first', 'second https://example.org', 'third']) await ann.says(text)
  await ann.sees('third')
  assert.equal(await ann.feed.locator('[role=article][tabindex="0"], article[tabindex="0"]').count(), 1)
  await ann.message('third').focus()
  await ann.page.keyboard.press('ArrowUp')
  assert.match(await ann.page.evaluate(() => document.activeElement.innerText), /second/)
  await ann.page.keyboard.press('Home')
  assert.match(await ann.page.evaluate(() => document.activeElement.innerText), /first/)
  await ann.page.keyboard.press('e')
  await ann.page.getByLabel('Edit message').waitFor()
  await ann.page.keyboard.press('Escape')
  assert.equal(await ann.page.evaluate(() => document.activeElement.id), 'composer')
})
