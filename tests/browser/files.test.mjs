import assert from 'node:assert/strict'
import { story } from './story.mjs'

async function annAndBo(visit) {
  const ann = await visit()
  await ann.isNew('ann')
  const link = await ann.hasRoom('Tea')
  const bo = await visit()
  await bo.isNew('bo', link)
  await bo.composer.waitFor()
  return { ann, bo }
}

/** A picture as a browser makes it, as bytes. */
function picture(person, width, height, type = 'image/png') {
  return person.page.evaluate(async ([width, height, type]) => {
    const canvas = Object.assign(document.createElement('canvas'), { width, height })
    const brush = canvas.getContext('2d')
    for (let i = 0; i < 400; i++) {
      brush.fillStyle = `hsl(${(i * 37) % 360} 70% 60%)`
      brush.fillRect((i * 53) % width, (i * 97) % height, width / 6, height / 6)
    }
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, type))
    return [...new Uint8Array(await blob.arrayBuffer())]
  }, [width, height, type]).then((bytes) => Buffer.from(bytes))
}

const chooses = async (person, ...files) => {
  const chooser = person.page.waitForEvent('filechooser')
  await person.button('Attach files').click()
  await (await chooser).setFiles(files)
}
/** A file of that many bytes, made in the page. */
const drops = (person, name, size) => person.page.locator('main').evaluate((main, [name, size]) => {
  const data = new DataTransfer()
  data.items.add(new File([new Uint8Array(size)], name, { type: 'application/octet-stream' }))
  for (const type of ['dragenter', 'dragover', 'drop']) main.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }))
}, [name, size])
const isReady = (person) => person.until('the upload', async () =>
  (await person.button('Send message').isEnabled()) && (await person.page.getByRole('progressbar').count()) === 0)

story('a picture goes with a message, small first, large on a click', async ({ visit }) => {
  const { ann, bo } = await annAndBo(visit)
  await chooses(ann, { name: 'garden.png', mimeType: 'image/png', buffer: await picture(ann, 1600, 900) })
  await isReady(ann)
  await ann.says('The garden')
  await bo.sees('The garden')
  const small = bo.message('The garden').getByRole('button', { name: 'Picture garden.png' }).locator('img')
  await bo.until('it is drawn', () => small.evaluate((image) => image.complete && image.naturalWidth > 0))
  assert.ok((await small.evaluate((image) => image.naturalWidth)) <= 640, 'a small one comes first')
  assert.deepEqual(await small.evaluate(({ width, height }) => [width, height]), [320, 180])
  await small.click()
  const large = bo.page.getByRole('dialog').getByRole('img')
  await bo.until('the large one', async () => (await large.evaluate((image) => image.naturalWidth)) === 1600)
  await bo.page.keyboard.press('Escape')
  await bo.page.getByRole('dialog').waitFor({ state: 'detached' })
})

story('files are chosen, dropped and pasted; a message of files alone is one', async ({ visit }) => {
  const { ann, bo } = await annAndBo(visit)
  await chooses(ann, { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('some notes') })
  await ann.page.locator('main').evaluate((main) => {
    const data = new DataTransfer()
    data.items.add(new File(['{"a":1}'], 'dropped.json', { type: 'application/json' }))
    for (const type of ['dragenter', 'dragover', 'drop']) main.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }))
  })
  await ann.composer.evaluate((field) => {
    const data = new DataTransfer()
    data.items.add(new File(['<script>alert(1)</script>'], 'pasted.html', { type: 'text/html' }))
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
  })
  await ann.until('three', async () => (await ann.page.getByRole('list', { name: 'Files to send' }).getByRole('listitem').count()) === 3)
  await isReady(ann)
  await ann.composer.press('Enter')
  for (const name of ['notes.txt', 'dropped.json', 'pasted.html']) await bo.feed.getByRole('link', { name: `Download ${name}` }).waitFor()

  // What could act is only ever saved.
  const saving = bo.page.waitForEvent('download')
  await bo.feed.getByRole('link', { name: 'Download pasted.html' }).click()
  assert.equal((await saving).suggestedFilename(), 'pasted.html')
  const answer = await bo.page.evaluate((url) => fetch(url).then(({ headers }) => [headers.get('content-type'), headers.get('content-disposition')]),
    await bo.feed.getByRole('link', { name: 'Download pasted.html' }).getAttribute('href'))
  assert.deepEqual(answer, ['text/plain; charset=utf-8', "attachment; filename*=UTF-8''pasted.html"])
})

story('an upload shows how far it is, and can be cancelled', async ({ visit }) => {
  const { ann, bo } = await annAndBo(visit)
  const devtools = await ann.page.context().newCDPSession(ann.page)
  await devtools.send('Network.enable')
  await devtools.send('Network.emulateNetworkConditions', { offline: false, latency: 20, downloadThroughput: 1e6, uploadThroughput: 200_000 })
  await drops(ann, 'large.bin', 4_000_000)
  const bar = ann.page.getByRole('progressbar', { name: 'large.bin' })
  await ann.until('it has begun', async () => Number(await bar.getAttribute('value')) > 0.02)
  assert.equal(await ann.button('Send message').isEnabled(), false)
  await ann.button('Cancel the upload of large.bin').click()
  await bar.waitFor({ state: 'detached' })
  await ann.says('never mind')
  await bo.sees('never mind')
  assert.equal(await bo.feed.getByRole('link', { name: /large/ }).count(), 0)
})

story('what is too large is refused before it is sent, with the limit', async ({ visit }) => {
  const { ann } = await annAndBo(visit)
  await drops(ann, 'huge.bin', 21 * 1024 * 1024)
  await ann.seesText('huge.bin is too large: at most 20 MB.')
  assert.equal(await ann.page.getByRole('list', { name: 'Files to send' }).count(), 0)
})

story('pictures above do not move what is being read', async ({ visit, server }) => {
  const { ann, bo } = await annAndBo(visit)
  for (let i = 0; i < 4; i++) {
    await chooses(ann, { name: `p${i}.png`, mimeType: 'image/png', buffer: await picture(ann, 900, 1200) })
    await isReady(ann)
    await ann.says(`picture ${i}`)
  }
  for (let i = 0; i < 12; i++) await ann.says(`line ${i}`)
  await bo.sees('line 11')
  await bo.hasRead('Tea')
  await bo.page.route('**/thumbnail', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 700)) // pictures come late
    await route.continue()
  })
  await bo.page.reload()
  await bo.sees('line 11')
  const view = bo.page.locator('.scroller')
  await view.evaluate((element) => (element.scrollTop = element.scrollHeight - element.clientHeight - 200))
  const at = () => bo.message('line 6').evaluate((row) => row.getBoundingClientRect().top)
  const before = await at()
  await bo.until('the pictures are drawn', () => bo.feed.locator('.picture img').evaluateAll((all) => all.every((image) => image.complete || image.getBoundingClientRect().bottom < -2000)))
  assert.ok(Math.abs((await at()) - before) < 1.5, `moved by ${(await at()) - before} px`)
})
