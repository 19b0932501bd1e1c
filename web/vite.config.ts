import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import { compress } from './vite/compress.ts'

const source = (path: string) => fileURLToPath(new URL(`./src/${path}`, import.meta.url))
const server = process.env.RIPOSTE_SERVER ?? 'http://127.0.0.1:8080'

export default defineConfig({
  plugins: [vue(), compress()],
  resolve: { alias: { '@': source(''), entities: source('markdown/entities.ts'), 'punycode.js': source('markdown/punycode.ts') } },
  define: {
    __VUE_I18N_FULL_INSTALL__: false,
    __VUE_I18N_LEGACY_API__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
    __VUE_OPTIONS_API__: false,
  },
  build: {
    // The oldest browsers kept working: see docs/decisions/0051-oldest-browser.md.
    target: ['chrome96', 'firefox102', 'safari15.4'],
    assetsInlineLimit: 0, // the CSP lets no data: fonts or scripts in
    reportCompressedSize: true,
  },
  server: { proxy: { '/api': { target: server, ws: true } } },
  test: { environment: 'node', include: ['test/**/*.test.ts'], setupFiles: ['test/setup.ts'] },
})
