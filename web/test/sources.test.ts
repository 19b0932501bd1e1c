import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) => /\.(ts|vue)$/.test(name) && !name.endsWith('.d.ts'))
const source = (name: string) => readFileSync(`src/${name}`, 'utf8')

describe('the sources', () => {
  it('have no lookbehind: Safari before 16.4 would not even parse the file', () => {
    expect(files.filter((name) => /\(\?<[!=]/.test(source(name)))).toEqual([])
  })

  it('use v-html in one component only', () => {
    expect(files.filter((name) => source(name).includes('v-html'))).toEqual(['components/message/MarkdownText.vue'])
  })

  it('ask for nothing that only https has', () => {
    expect(files.filter((name) => /crypto\.randomUUID\(|navigator\.clipboard/.test(source(name)))).toEqual([])
  })
})
