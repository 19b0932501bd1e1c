// Takes the pictures of README and docs anew, from a real server: script/screenshots --docs
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { launched } from './chromium.mjs'
import { conversation, PHONE, signedIn } from './scene.mjs'
import { Server } from './server.mjs'

const folder = process.argv[2] ?? 'docs/images'
await mkdir(folder, { recursive: true })

const server = await Server.start()
const browser = await launched()
try {
  const { room, poll, reads } = await conversation(server)
  await reads(room)
  await picture('room', room, {})
  await picture('popup', room, {}, (page) => page.keyboard.type('/'))
  await picture('phone-dark', poll, { ...PHONE, colorScheme: 'dark', locale: 'zh-CN' })
  await picture('plugins', null, {}, (page) => page.goto('/admin/plugins').then(() => page.getByRole('heading', { name: 'echo' }).waitFor()))
} finally {
  await browser.close()
  await server.close()
}

async function picture(name, room, options, act) {
  const page = await signedIn(browser, server, options)
  if (room) await page.goto(`/r/${room}`)
  if (room) await page.locator('#composer').waitFor()
  await page.waitForTimeout(800)
  await act?.(page)
  await page.waitForTimeout(800)
  await page.screenshot({ path: join(folder, `${name}.png`) })
  await page.context().close()
}
