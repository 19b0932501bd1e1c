// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest'
import { onLanguageLoaded } from '@/markdown/highlight'
import { plainText } from '@/markdown/plain'
import { renderMarkdown } from '@/markdown/render'

const render = (text: string) => renderMarkdown(text, { names: new Set(['ann', 'bo', '小明']), me: 'ann', copyLabel: 'Copy' })

function element(text: string): HTMLElement {
  const root = document.createElement('div')
  root.innerHTML = render(text)
  return root
}

describe('a message is safe', () => {
  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](data:text/html,<script>alert(1)</script>)',
    '<a href="javascript:alert(1)">x</a>',
    '![x](x" onerror="alert(1))',
    '```"><script>alert(1)</script>\ncode\n```',
    '<svg><animate onbegin=alert(1)>',
    '<style>*{display:none}</style>',
    '[x](https://ok.example "title\\" onmouseover=\\"alert(1)")',
  ])('%s', (text) => {
    const root = element(text)
    expect(root.querySelector('script, img, svg, style, iframe')).toBeNull()
    for (const one of root.querySelectorAll('*')) {
      const attributes = one.getAttributeNames()
      expect(attributes.filter((name) => name.startsWith('on') || name === 'style')).toEqual([])
      expect(one.getAttribute('href') ?? 'https:').toMatch(/^(https?:|mailto:|\/)/)
    }
  })

  it('opens links elsewhere without telling where from', () => {
    const link = element('https://example.org/a').querySelector('a')
    expect(link?.rel).toContain('noopener')
    expect(link?.target).toBe('_blank')
  })

  it('makes a picture a link', () => expect(element('![cat](https://example.org/cat.png)').querySelector('a')?.textContent).toBe('cat'))
})

describe('a message in Chinese', () => {
  it('may be bold beside its punctuation', () => {
    expect(render('我已经写好了，**请看一下。**有问题随时提')).toContain('<strong>请看一下。</strong>')
  })

  it('ends a link before its comma', () => {
    expect(element('见 https://example.org/a，谢谢').querySelector('a')?.getAttribute('href')).toBe('https://example.org/a')
  })
})

describe('mentions', () => {
  it.each([
    ['@bo, hello', ['@bo']],
    ['@Ann', ['@Ann']],
    ['你好@小明你在吗', ['@小明']],
    ['mail@bo.example', []],
    ['@bob and @nobody', []],
    ['`@bo`', []],
  ])('%s', (text, found) => expect([...element(text).querySelectorAll('.mention')].map((one) => one.textContent)).toEqual(found))

  it('of me stand out', () => expect(element('@ann').querySelector('.mention-me')).not.toBeNull())
})

describe('code', () => {
  it('is highlighted when its language has arrived', async () => {
    const arrived = vi.fn()
    onLanguageLoaded(arrived)
    const block = '```py\ndef f(): return "<b>"\n```'
    expect(render(block)).toContain('def f()')
    await vi.waitFor(() => expect(arrived).toHaveBeenCalled())
    const root = element(block)
    expect(root.querySelector('.hljs-keyword')?.textContent).toBe('def')
    expect(root.querySelector('b')).toBeNull()
    expect(root.querySelector('code')?.textContent).toContain('return "<b>"')
  })

  it('has a button to copy it', () => expect(element('```\nx\n```').querySelector('button.code-copy')?.textContent).toBe('Copy'))
})

describe('plain words', () => {
  it.each([
    ['**bold** and `code`', 'bold and code'],
    ['see [here](https://x.example)', 'see here'],
    ['> quoted\n- item', 'quoted item'],
    ['2 * 3 * 4', '2 * 3 * 4'],
  ])('%s', (text, plain) => expect(plainText(text)).toBe(plain))
})
