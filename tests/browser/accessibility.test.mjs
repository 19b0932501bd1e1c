import { isAccessible, LOOKS } from './axe.mjs'
import { PASSWORD } from './server.mjs'
import { story } from './story.mjs'

for (const [look, options] of LOOKS)
  story(`axe-core finds nothing: ${look}`, async ({ visit, server }) => {
    const ann = await server.signUp('ann', { display_name: 'Ann Keller' })
    const { room, invite } = await server.rest('POST', '/rooms', { title: 'Tea and plans' }, ann)
    const bo = await server.signUp('bo', { invite: invite.token })
    await server.post(room.uri, '**Bold**, `code`, a [link](https://example.org), 中文。\n\n```cpp\nint main() { return 0; } // comment\n```', ann)
    await server.post(room.uri, '@ann, see:\n\n| a | b |\n|---|--:|\n| 1 | 2 |', bo)
    await server.post(room.uri, '/echo an answer', bo)
    const { messages } = await server.rest('GET', `/rooms/${room.uri}/messages`, undefined, ann)
    for (const token of [ann, bo])
      await server.rest('PUT', `/rooms/${room.uri}/messages/${messages[0].id}/reactions/${encodeURIComponent('👍')}`, undefined, token)
    await server.rest('POST', `/rooms/${room.uri}/messages/${messages[1].id}/report`, { reason: 'a test' }, ann).catch(() => undefined)

    const person = await visit(options)
    const { page } = person
    await page.goto('/sign-in')
    await page.locator('form').waitFor()
    await isAccessible(person, 'sign-in')
    await page.goto('/sign-up')
    await page.locator('form').waitFor()
    await isAccessible(person, 'sign-up')

    await page.goto('/sign-in')
    await page.locator('input[name=username]').fill('ann')
    await page.locator('input[name=password]').fill('correct horse')
    await page.locator('form button').click()
    await page.getByRole('navigation').waitFor()
    await isAccessible(person, 'rooms')

    await person.goesTo(room.uri)
    await person.feed.locator('article.bot').waitFor()
    await isAccessible(person, 'room')
    await person.types('/')
    await page.getByRole('listbox').waitFor()
    await isAccessible(person, 'popup open')
    await page.keyboard.type('dice ')
    await isAccessible(person, 'argument hints')
    await person.composer.fill('')
    await person.types('/remind soon tea')
    await page.getByRole('status').locator('mark').waitFor()
    await isAccessible(person, 'a fault before sending')
    await person.composer.fill('/nonsense')
    await page.locator('.composer .send').click()
    await page.getByRole('alert').waitFor()
    await isAccessible(person, 'a wrong command')
    await person.composer.fill('')

    const picture = await page.screenshot()
    await page.locator('input[type=file]').setInputFiles([
      { name: 'screen.png', mimeType: 'image/png', buffer: picture },
      { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('notes') },
    ])
    await page.getByRole('progressbar').first().waitFor({ state: 'detached' })
    await isAccessible(person, 'files to send')
    await person.composer.fill('Files') // under a finger Enter is a new line
    await page.locator('.composer .send').click()
    await person.feed.locator('.picture img').waitFor()
    await isAccessible(person, 'files in the room')
    await person.feed.locator('.picture').click()
    await page.getByRole('dialog').getByRole('img').waitFor()
    await isAccessible(person, 'a picture, large')
    await page.keyboard.press('Escape')

    await person.feed.getByRole('article').last().focus()
    await page.keyboard.press('+')
    await page.getByRole('searchbox').waitFor()
    await isAccessible(person, 'emoji picker')
    await page.keyboard.press('Escape')

    for (const [index, dialog] of ['notifications', 'reports', 'room settings'].entries()) {
      await page.locator('.header > button').last().click()
      await page.getByRole('menuitem').first().waitFor()
      if (index === 0) await isAccessible(person, 'room menu')
      await page.getByRole('menuitem').nth(index + 1).click()
      await page.getByRole('dialog').waitFor()
      await isAccessible(person, dialog)
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
    }

    await page.keyboard.press('Control+k')
    await page.getByRole('dialog').waitFor()
    await isAccessible(person, 'switcher')
    await page.keyboard.press('Escape')
    await page.locator('.header .invite').click()
    await page.getByRole('dialog').waitFor()
    await isAccessible(person, 'invite dialog')
    await page.keyboard.press('Escape')

    for (const path of ['/settings', '/explore']) {
      await page.goto(path)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await isAccessible(person, path)
    }
  })

for (const [look, options] of LOOKS)
  story(`axe-core finds nothing in what is seen more rarely: ${look}`, async ({ visit, server }) => {
    const welcome = await server.adminLink()
    const person = await visit(options)
    const { page } = person
    const stands = async (path, there, what = path) => {
      await page.goto(path)
      await page.locator(there).first().waitFor()
      await isAccessible(person, what)
    }
    await stands(new URL(welcome).pathname, 'form', 'welcome')
    const ann = await server.signUp('ann')
    const { room, invite } = await server.rest('POST', '/rooms', { title: 'Tea and plans' }, ann)
    await stands(`/join/${invite.token}`, 'form', 'an invite')
    await stands('/join/spent', '[role=alert]', 'a spent link')
    await stands('/reset/whatever', 'form', 'a new password')
    await stands('/nothing/at/all', 'h1', 'no such page')

    await server.signUp('bo')
    await page.goto('/sign-in')
    await page.locator('input[name=username]').fill('bo')
    await page.locator('input[name=password]').fill('wrong horse')
    await page.locator('form button').click()
    await page.getByRole('alert').waitFor()
    await isAccessible(person, 'a wrong password')
    await page.locator('input[name=password]').fill(PASSWORD)
    await page.locator('form button').click()
    await page.getByRole('navigation').waitFor()
    await isAccessible(person, 'no rooms yet')
    await stands('/r/no-such-room', 'h1', 'no such room')
    await stands(`/join/${invite.token}`, 'form', 'an invite to who is signed in')
    await page.locator('form button').first().click()
    await person.composer.waitFor()
    await isAccessible(person, 'an empty room')

    await server.installs('whisper', 'whisper')
    await server.installs('segfault', 'segfault')
    for (const command of ['/whisper', '/segfault'])
      await person.until(`${command} is there`, async () => {
        await person.composer.fill(command)
        return (await page.getByRole('option', { name: new RegExp(`^${command}`) }).count()) > 0
      })
    const sends = async (text) => {
      await person.composer.fill(text)
      await page.locator('.composer .send').click()
    }
    await sends('/whisper a secret')
    await page.locator('.exchange').waitFor()
    await isAccessible(person, 'an answer for me only')
    await sends('/segfault')
    await page.locator('.mark.failed').first().waitFor()
    await isAccessible(person, 'a failed command')
    await page.keyboard.press('Control+Shift+F')
    await page.getByRole('searchbox').fill('nothing like this')
    await page.getByRole('dialog').getByText(/nothing like this/).waitFor()
    await isAccessible(person, 'a search without a hit')
    await page.keyboard.press('Escape')
    await person.feed.getByRole('article').last().focus()
    await page.keyboard.press('?')
    await page.getByRole('dialog').waitFor()
    await isAccessible(person, 'help')
    await page.keyboard.press('Escape')
    await server.kill()
    await page.locator('.banner').first().waitFor()
    await sends('unsent')
    await page.getByText(/Sending|正在发送|Not sent|未发送/).first().waitFor()
    await isAccessible(person, 'offline, with something unsent')
    await server.start()
  })
