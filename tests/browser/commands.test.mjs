import assert from 'node:assert/strict'
import { story } from './story.mjs'

async function annAndBo(visit) {
  const ann = await visit()
  await ann.isNew('ann')
  const link = await ann.hasRoom('Bots')
  const bo = await visit()
  await bo.isNew('bo', link)
  await bo.composer.waitFor()
  return { ann, bo }
}

story('the popup offers commands, completes them, and the plugin answers everybody', async ({ visit }) => {
  const { ann, bo } = await annAndBo(visit)
  await ann.types('/')
  await ann.page.getByRole('option', { name: /^\/echo/ }).waitFor()
  const offered = await ann.page.getByRole('option').allInnerTexts()
  assert.equal(new Set(offered).size, offered.length, 'each command is offered once')
  await ann.types('ec')
  await ann.page.getByRole('option', { name: /^\/echo/ }).waitFor()
  await ann.page.keyboard.press('Enter')
  assert.equal(await ann.composer.inputValue(), '/echo ')
  await ann.page.keyboard.type('hello from a plugin')
  await ann.page.keyboard.press('Enter')
  for (const person of [ann, bo]) {
    const answer = person.feed.locator('article.bot').filter({ hasText: 'hello from a plugin' })
    await answer.waitFor()
    assert.match(await answer.innerText(), /Bot/)
  }
})

story('a Chinese slash works like any other', async ({ visit }) => {
  const { ann } = await annAndBo(visit)
  await ann.types('、ec')
  await ann.page.getByRole('option', { name: /^\/echo/ }).waitFor()
  await ann.composer.fill('／echo 你好')
  await ann.composer.press('Enter')
  await ann.feed.locator('article.bot').filter({ hasText: '你好' }).waitFor()
})

story('an answer for me only is seen by me only, and is still there after a reload', async ({ visit }) => {
  const { ann, bo } = await annAndBo(visit)
  await ann.says('/help')
  await ann.sees('Only you can see this')
  await ann.sees('/echo')
  await ann.says('and this is for all')
  await bo.sees('and this is for all')
  await bo.seesNo('/echo')
  await bo.seesNo('Only you can see this')
  await ann.page.reload()
  await ann.sees('Only you can see this')
})

story('a wrong command is shown to nobody, keeps its draft, and can go as text', async ({ visit }) => {
  const { ann, bo } = await annAndBo(visit)
  await ann.says('/ehco hello')
  await ann.seesText('There is no such command.')
  assert.equal(await ann.composer.inputValue(), '/ehco hello')
  await ann.page.getByRole('alert').getByRole('button', { name: '/echo' }).waitFor()
  await ann.page.getByRole('alert').getByRole('button', { name: 'Send as text' }).click()
  await bo.sees('/ehco hello')
  assert.equal(await ann.composer.inputValue(), '')
})

story('a wrong argument is pointed at', async ({ visit }) => {
  const { ann } = await annAndBo(visit)
  await ann.says('/remind nonsense tea')
  const alert = ann.page.getByRole('alert')
  await alert.waitFor()
  assert.equal(await alert.locator('mark').innerText(), 'nonsense')
  assert.equal(await ann.composer.inputValue(), '/remind nonsense tea')
})

story('a wrong word is pointed at while it can still be mended, before anything is sent', async ({ visit }) => {
  const { ann } = await annAndBo(visit)
  await ann.types('/remind soon tea')
  const fault = ann.page.getByRole('status').filter({ has: ann.page.locator('mark') })
  await fault.waitFor()
  assert.equal(await fault.locator('mark').innerText(), 'soon')
  await ann.composer.fill('')
  await ann.types('／remind　１０m tea')
  await ann.page.getByText('/remind', { exact: true }).first().waitFor()
  await fault.waitFor({ state: 'detached' })
  await ann.composer.press('Enter')
  await ann.feed.getByRole('article').filter({ hasText: /10|１０/ }).first().waitFor()
})

story('values that a plugin suggests are offered while one types, and taken by the keyboard', async ({ visit }) => {
  const { ann, bo } = await annAndBo(visit)
  await ann.types('/convert 3 ki')
  await ann.page.getByRole('option', { name: /^km/ }).waitFor()
  await ann.page.keyboard.press('ArrowDown')
  await ann.page.keyboard.press('Enter')
  assert.equal(await ann.composer.inputValue(), '/convert 3 km ')
  // Of the second argument only what fits the first.
  await ann.page.getByRole('option', { name: /^mile/ }).waitFor()
  assert.equal(await ann.page.getByRole('option', { name: /^kg/ }).count(), 0)
  await ann.page.keyboard.type('mil')
  await ann.page.getByRole('option', { name: /^yd/ }).waitFor({ state: 'detached' })
  await ann.page.keyboard.press('Tab')
  assert.equal(await ann.composer.inputValue(), '/convert 3 km mile ')
  await ann.page.keyboard.press('Enter')
  for (const person of [ann, bo]) await person.feed.locator('article.bot').filter({ hasText: '1.86411 mile' }).waitFor()
  // They are hers alone, and Escape puts them away.
  await ann.types('/换算 3 公')
  await ann.page.getByRole('option').first().waitFor()
  await ann.page.keyboard.press('Escape')
  assert.equal(await ann.page.getByRole('option').count(), 0)
  assert.equal(await bo.page.getByRole('option').count(), 0)
})

story('Enter that ends a word of an input method sends nothing', async ({ visit }) => {
  const { ann, bo } = await annAndBo(visit)
  const devtools = await ann.page.context().newCDPSession(ann.page)
  await ann.composer.click()
  await devtools.send('Input.imeSetComposition', { text: 'ni hao', selectionStart: 6, selectionEnd: 6 })
  await devtools.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key: 'Process', code: 'Enter', windowsVirtualKeyCode: 229, nativeVirtualKeyCode: 229 })
  await devtools.send('Input.insertText', { text: '你好' })
  assert.equal(await ann.composer.inputValue(), '你好')
  await ann.composer.press('Enter')
  await bo.sees('你好')
  assert.deepEqual(await bo.messages(), ['你好'])
})
