import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { adminEn } from '@/i18n/admin-en'
import { adminZhCN } from '@/i18n/admin-zh-CN'
import { en } from '@/i18n/en'
import { helpEn, settingsEn } from '@/i18n/settings-en'
import { helpZhCN, settingsZhCN } from '@/i18n/settings-zh-CN'
import { tokensEn } from '@/i18n/tokens-en'
import { tokensZhCN } from '@/i18n/tokens-zh-CN'
import { zhCN } from '@/i18n/zh-CN'

const table = readFileSync('../host/base/problem.cpp', 'utf8') // vitest runs in web/
const codes = [...table.matchAll(/\{"([a-z_]+)", \d{3}, "/g)].map((found) => String(found[1]))

type Tree = { [key: string]: string | Tree }
const placeholders = (tree: Tree, path = ''): string[] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [`${path}${key} ${[...new Set(value.match(/\{\w+\}/g))].sort().join(' ')}`]
      : placeholders(value, `${path}${key}.`),
  )

describe("the server's errors", () => {
  it('are read from its table', () => expect(codes.length).toBeGreaterThan(30))

  it.each(codes)('%s has a text in both languages', (code) => {
    expect(en.problem).toHaveProperty(code)
    expect(zhCN.problem).toHaveProperty(code)
  })
})

describe('the languages', () => {
  it('have the same keys with the same placeholders', () => {
    expect(placeholders(zhCN as unknown as Tree)).toEqual(placeholders(en))
    expect(placeholders(adminZhCN as unknown as Tree)).toEqual(placeholders(adminEn))
    expect(placeholders({ settingsZhCN, helpZhCN } as unknown as Tree).map((line) => line.replace('ZhCN', ''))).toEqual(placeholders({ settingsEn, helpEn }).map((line) => line.replace('En', '')))
    expect(placeholders(tokensZhCN as unknown as Tree)).toEqual(placeholders(tokensEn))
  })
})
