// A picture of every page and state in both themes, languages and widths, to be looked at: script/screenshots [FOLDER]
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { launched } from './chromium.mjs'
import { conversation, PHONE, signedIn } from './scene.mjs'
import { BUILD, PASSWORD, Server } from './server.mjs'

const folder = process.argv[2] ?? 'build/screenshots'
await mkdir(folder, { recursive: true })

const THEMES = ['light', 'dark']
const LOCALES = ['en-US', 'zh-CN']
const WIDTHS = [['1280', {}], ['390', PHONE]]

const server = await Server.start()
const browser = await launched()
try {
  const { room, poll } = await conversation(server)
  const { token } = await server.rest('POST', '/sessions', { name: 'ann', password: PASSWORD, bearer: true })
  const closed = await closedRoom(token)
  const bots = await roomOfBots(token)
  const only = process.argv[3]
  for (const colorScheme of THEMES)
    for (const locale of LOCALES)
      for (const [width, size] of WIDTHS) {
        const name = `${width}-${colorScheme}-${locale.slice(0, 2)}`
        const page = await signedIn(browser, server, { colorScheme, locale, ...size })
        const takes = async (state, act) => {
          if (only && state !== only) return
          try {
            await act()
          } catch (error) {
            console.error(`${state} ${name}: ${error.message.split('\n')[0]}`)
          }
          await page.waitForTimeout(500)
          await page.screenshot({ path: join(folder, `${state}-${name}.png`) })
        }
        await inside(page, takes, { room, poll, closed, bots })
        await page.context().close()
        const stranger = await browser.newContext({ colorScheme, locale, viewport: { width: 1280, height: 800 }, baseURL: server.url, ...size })
        await outside(await stranger.newPage(), name, only)
        await stranger.close()
      }
} finally {
  await browser.close()
  await server.close()
}

/** With a talk that is over; and some keys for scripts. */
async function closedRoom(token) {
  const { room } = await server.rest('POST', '/rooms', { title: 'Spring fair' }, token)
  await server.post(room.uri, 'That was it. Thank you all!', token)
  const { messages } = await server.rest('GET', `/rooms/${room.uri}/messages`, undefined, token)
  await server.rest('PUT', `/rooms/${room.uri}/messages/${messages[0].id}/reactions/${encodeURIComponent('🎉')}`, undefined, token)
  await server.rest('POST', `/operator/rooms/${room.uri}/close`, undefined, token)
  for (const [name, expires_in_s] of [['Build server', 90 * 86_400], ['Wetterstation 天气', undefined]]) {
    const made = await server.rest('POST', '/me/tokens', { name, expires_in_s }, token)
    if (expires_in_s) await server.rest('GET', '/me', undefined, made.token)
  }
  return room.uri
}

/** With one that hears, one that is slow and one that breaks; and one with settings. */
async function roomOfBots(token) {
  for (const name of ['configured', 'listener', 'segfault', 'slow']) await server.installs(name, name)
  const stands = async (id, state) => {
    const { plugins } = await server.rest('GET', '/plugins', undefined, token)
    return plugins.some((plugin) => plugin.id === id && plugin.state.startsWith(state))
  }
  for (const [id, state] of [['configured', 'refused'], ['listener', 'needs grant'], ['segfault', 'live'], ['slow', 'live']])
    while (!(await stands(id, state))) await new Promise((resolve) => setTimeout(resolve, 100))
  await server.rest('PATCH', '/plugins/configured/config', { values: { greeting: '你好', times: 3 } }, token)
  await server.rest('PUT', '/plugins/listener/grants', { permission: 'hear', given: true }, token)
  const { room } = await server.rest('POST', '/rooms', { title: 'Workshop' }, token)
  await server.rest('PUT', `/rooms/${room.uri}/plugins/listener`, { hears: true }, token)
  return room.uri
}

async function inside(page, takes, { room, poll, closed, bots }) {
  const line = { cut: false }
  await page.routeWebSocket('**/api/v1/socket', (socket) => {
    if (line.cut) return void socket.close()
    socket.connectToServer()
    line.socket = socket
  })
  const goes = async (path) => {
    await page.goto(path)
    await page.getByRole('heading', { level: 1 }).first().waitFor()
  }
  const inRoom = async (uri = room) => {
    await page.goto(`/r/${uri}`)
    await page.getByRole('article').last().waitFor()
  }
  const inDialog = async (act) => {
    await inRoom()
    await act()
    await page.getByRole('dialog').waitFor()
  }
  const menu = async (index) => {
    await page.locator('.header > button').last().click()
    await page.getByRole('menuitem').nth(index).click()
  }
  await takes('rooms', () => goes('/'))
  await takes('room', () => inRoom())
  await takes('poll', () => inRoom(poll))
  await takes('commands', async () => {
    await inRoom()
    await page.locator('#composer').pressSequentially('/')
  })
  await takes('arguments', async () => {
    await inRoom()
    await page.locator('#composer').fill('')
    await page.locator('#composer').pressSequentially('/remind 10m ')
  })
  await takes('wrong', async () => {
    await inRoom()
    await page.locator('#composer').fill('/remind soon tea')
    await page.locator('.send').click()
    await page.getByRole('alert').waitFor()
  })
  await takes('mention', async () => {
    await inRoom()
    await page.locator('#composer').fill('')
    await page.locator('#composer').pressSequentially('@')
  })
  await takes('message', async () => {
    await inRoom()
    await page.locator('#composer').fill('')
    await page.getByRole('article').last().focus()
  })
  await takes('picker', async () => {
    await inRoom()
    await page.getByRole('article').last().focus()
    await page.keyboard.press('+')
    await page.getByRole('searchbox').waitFor()
  })
  await takes('files', async () => {
    await inRoom()
    const picture = await page.screenshot()
    await page.locator('input[type=file]').setInputFiles([
      { name: 'screen.png', mimeType: 'image/png', buffer: picture },
      { name: '计划.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') },
    ])
    await page.locator('.uploads progress').first().waitFor({ state: 'detached' })
  })
  await takes('attached', async () => {
    await page.locator('#composer').fill('Like this?')
    await page.locator('.send').click()
    await page.locator('.picture img').last().waitFor()
  })
  await takes('switcher', () => inDialog(() => page.keyboard.press('Control+k')))
  await takes('search', () => inDialog(async () => {
    await page.keyboard.press('Control+Shift+f')
    await page.getByRole('searchbox').fill('kettle')
    await page.locator('mark').first().waitFor()
  }))
  await takes('help', () => inDialog(async () => {
    await page.getByRole('article').last().focus()
    await page.keyboard.press('?')
  }))
  await takes('invite', () => inDialog(() => page.locator('.header .invite').click()))
  await takes('notifications', () => inDialog(() => menu(1)))
  await takes('reports', () => inDialog(() => menu(2)))
  await takes('room-settings', () => inDialog(() => menu(3)))
  await takes('leave', () => inDialog(() => menu(4)))
  await takes('members', async () => {
    await page.goto(`/r/${bots}`)
    await page.locator('.header').waitFor()
    if ((await page.locator('aside.panel').count()) === 0) await page.locator('.header [aria-pressed]').click()
    await page.locator('aside.panel section').last().scrollIntoViewIfNeeded()
  })
  await takes('running', async () => {
    await page.goto(`/r/${bots}`)
    await page.locator('#composer').fill('/slow 20000')
    await page.locator('.send').click()
    await page.locator('.mark').first().waitFor()
  })
  await takes('failed', async () => {
    await page.locator('.mark button').last().click()
    await page.locator('#composer').fill('/segfault')
    await page.locator('.send').click()
    await page.locator('.mark.failed').first().waitFor()
  })
  await takes('report', () => inDialog(async () => {
    const article = page.getByRole('article').filter({ hasText: 'kettle' })
    await article.focus()
    await article.locator('.bar button').nth(3).click()
  }))
  await takes('new-room', async () => {
    await goes('/')
    await page.locator('nav > header button').click()
    await page.getByRole('dialog').waitFor()
  })
  await takes('offline', async () => {
    await inRoom()
    line.cut = true
    await line.socket.close()
    await page.locator('#composer').fill('Can you read this?')
    await page.locator('.send').click()
    await page.locator('.banner').waitFor()
  })
  line.cut = false
  await takes('closed', () => inRoom(closed))
  await takes('closed-message', () => page.getByRole('article').last().focus())
  await takes('gone', () => goes('/r/no-such-room'))
  await takes('explore', () => goes('/explore'))
  await takes('settings', () => goes('/settings'))
  await takes('tokens', () => page.locator('li .button').last().scrollIntoViewIfNeeded())
  await takes('token-new', async () => {
    await page.locator('section').filter({ has: page.locator('li') }).locator('> .body > .button').click()
    await page.getByRole('dialog').waitFor()
  })
  await takes('token-made', async () => {
    await page.getByRole('dialog').locator('input').fill('Screenshots')
    await page.getByRole('dialog').locator('form button').click()
    await page.getByRole('dialog').locator('pre').waitFor()
  })
  for (const [state, path] of [['status', '/admin'], ['plugins', '/admin/plugins'], ['people', '/admin/people'], ['all-rooms', '/admin/rooms'], ['all-reports', '/admin/reports'], ['audit', '/admin/audit'], ['configuration', '/admin/configuration'], ['calls', '/admin/commands'], ['all-tokens', '/admin/tokens']])
    await takes(state, () => goes(path))
  await takes('grant', async () => {
    await goes('/admin/plugins')
    await page.locator('.wants').first().scrollIntoViewIfNeeded()
  })
  await takes('plugin-menu', async () => {
    await page.locator('.plugin [aria-haspopup=menu]').first().click()
    await page.getByRole('menu').waitFor()
  })
  const inMenuOf = async (plugin, item) => {
    await goes('/admin/plugins')
    await page.locator('.plugin').filter({ has: page.getByRole('heading', { name: plugin, exact: true }) }).locator('[aria-haspopup=menu]').click()
    await page.getByRole('menuitem').nth(item).click()
    await page.getByRole('dialog').waitFor()
  }
  for (const [state, item] of [['rollback', 1], ['aliases', 4], ['plugin-log', 5], ['plugin-history', 6], ['isolation', 7]])
    await takes(state, () => inMenuOf('dice', item))
  await takes('plugin-settings', async () => {
    await inMenuOf('configured', 2)
    await page.getByRole('dialog').locator('form').waitFor()
  })
  await takes('plugin-settings-wrong', async () => {
    await page.getByRole('dialog').locator('[inputmode=decimal]').fill('9')
    await page.keyboard.press('Enter')
  })
  await takes('plugin-settings-none', () => inMenuOf('echo', 2))
  await takes('presence', async () => {
    await inMenuOf('dice', 3)
    await page.getByRole('radio').last().check()
  })
  await takes('install', async () => {
    await goes('/admin/plugins')
    await page.locator('header .button-primary').click()
    await page.getByRole('dialog').waitFor()
  })
  await takes('install-checked', async () => {
    await page.locator('input[type=file]').setInputFiles(join(BUILD, 'plugins-optional/drill.so'))
    await page.getByRole('dialog').locator('code').waitFor()
  })
  await takes('person-menu', async () => {
    await goes('/admin/people')
    await page.locator('.list li .icon-button').nth(1).click()
    await page.getByRole('menu').waitFor()
  })
  await takes('disable', async () => {
    await page.getByRole('menuitem').nth(1).click()
    await page.getByRole('dialog').waitFor()
  })
}

async function outside(page, name, only) {
  for (const [state, path] of [['sign-in', '/sign-in'], ['sign-up', '/sign-up'], ['bad-link', '/join/spent'], ['not-found', '/nothing']]) {
    if (only && state !== only) continue
    await page.goto(path)
    await page.locator('main').waitFor()
    await page.waitForTimeout(400)
    await page.screenshot({ path: join(folder, `${state}-${name}.png`) })
  }
}
