import DOMPurify from 'dompurify'
import MarkdownIt, { type Env } from 'markdown-it'
import cjkFriendly from 'markdown-it-cjk-friendly'
import { highlight } from './highlight'
import { mentions, type MentionContext } from './mentions'

export interface MarkdownContext extends MentionContext {
  copyLabel: string
}

const markdown = new MarkdownIt({ html: false, linkify: true, breaks: true }).use(cjkFriendly).use(mentions)
const { escapeHtml } = markdown.utils

/** The CSP lets no foreign pictures in, and a picture in a message tells its owner who reads it: a link instead. */
markdown.renderer.rules.image = (tokens, index) => {
  const token = tokens[index]
  const label = escapeHtml(token?.content || String(token?.attrGet('src')))
  return `<a href="${escapeHtml(String(token?.attrGet('src')))}" ${OUTSIDE}>${label}</a>`
}

const OUTSIDE = 'target="_blank" rel="noopener noreferrer nofollow"'

markdown.renderer.rules.link_open = (tokens, index, options, _env, self) => {
  const token = tokens[index]
  if (token && !String(token.attrGet('href')).startsWith('/')) {
    token.attrSet('target', '_blank')
    token.attrSet('rel', 'noopener noreferrer nofollow')
  }
  return self.renderToken(tokens, index, options)
}

/** A style attribute would be blocked by the CSP: the alignment of a table's cells becomes a class. */
for (const cell of ['th_open', 'td_open'])
  markdown.renderer.rules[cell] = (tokens, index, options, _env, self) => {
    const token = tokens[index]
    const align = /(left|right|center)/.exec(String(token?.attrGet('style')))?.[1]
    if (token && align) token.attrs = [['class', `align-${align}`]]
    return self.renderToken(tokens, index, options)
  }

markdown.renderer.rules.fence = (tokens, index, _options, env) => {
  const token = tokens[index]
  return codeBlock(token?.content ?? '', token?.info ?? '', copyLabelOf(env))
}
markdown.renderer.rules.code_block = (tokens, index, _options, env) =>
  codeBlock(tokens[index]?.content ?? '', '', copyLabelOf(env))

function copyLabelOf(env: Env | undefined): string {
  return (env?.context as MarkdownContext).copyLabel
}

function codeBlock(code: string, info: string, copyLabel: string): string {
  const name = escapeHtml(info.trim().split(/\s+/)[0] ?? '')
  const body = highlight(code, info) ?? escapeHtml(code)
  return (
    `<div class="code"><div class="code-head"><span>${name}</span>` +
    `<button type="button" class="code-copy">${escapeHtml(copyLabel)}</button></div>` +
    `<pre><code>${body}</code></pre></div>`
  )
}

const PURIFY = {
  ALLOWED_TAGS: [
    'p', 'br', 'hr', 'strong', 'em', 's', 'a', 'code', 'pre', 'blockquote', 'ul', 'ol', 'li', 'span', 'div', 'button',
    'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'table', 'thead', 'tbody', 'tr', 'th', 'td',
  ],
  ALLOWED_ATTR: ['href', 'class', 'target', 'rel', 'type', 'start', 'title'],
  ALLOWED_URI_REGEXP: /^(?:https?:|mailto:|\/(?!\/)|#)/i,
}

/** Safe HTML of a message: Markdown without raw HTML, then purified as if it were not. */
export function renderMarkdown(text: string, context: MarkdownContext): string {
  return DOMPurify.sanitize(markdown.render(text, { context }), PURIFY)
}
