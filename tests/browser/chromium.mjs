// Debian's Chromium without windows, driven by Playwright.
import { createRequire } from 'node:module'

const { chromium } = createRequire(new URL('../../web/package.json', import.meta.url))('playwright-core')

export function launched() {
  return chromium.launch({
    executablePath: process.env.RIPOSTE_CHROMIUM ?? '/usr/bin/chromium-headless-shell',
    args: ['--disable-dev-shm-usage', ...(process.getuid() === 0 ? ['--no-sandbox'] : [])],
  })
}
