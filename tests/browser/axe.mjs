// What axe-core says of a page as a person has it before them.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'

const axe = await readFile(createRequire(new URL('../../web/package.json', import.meta.url)).resolve('axe-core/axe.min.js'), 'utf8')
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
// Only what is wrong is told, by its HTML: a selector for each node that is right takes longer than the rules themselves.
const OPTIONS = { runOnly: RULES, resultTypes: ['violations'], selectors: false }

/** No violation of WCAG 2.2 AA, nor of axe-core's best practices. */
export async function isAccessible(person, where) {
  const { page } = person
  await page.waitForTimeout(100) // for what is about to move
  await page.evaluate(settled)
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe)
  const { violations } = await page.evaluate((options) => window.axe.run(document, options), OPTIONS)
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 200)).join('\n    ')}`)
  assert.deepEqual(found, [], where)
}

/** Colours would be measured half-way; what never ends, a spinner, is not waited for. Runs in the page. */
function settled() {
  const moving = document.getAnimations().filter((animation) => Number.isFinite(animation.effect?.getComputedTiming().endTime))
  return Promise.allSettled(moving.map((animation) => animation.finished)).then(() => undefined)
}

export const LOOKS = [
  ['light, English', {}],
  ['dark, 简体中文', { colorScheme: 'dark', locale: 'zh-CN' }],
  ['360 px wide', { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true }],
]
