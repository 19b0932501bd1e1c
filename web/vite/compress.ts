import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Plugin } from 'vite'

const TEXT = /\.(js|css|html|svg|json|webmanifest|txt)$/
const MINIMUM = 256 // bytes; below, a compressed copy saves next to nothing

/** Writes .gz and .br beside every text asset, so that the server compresses nothing while people chat. */
export function compress(): Plugin {
  let folder = 'dist'
  return {
    name: 'riposte-compress',
    apply: 'build',
    configResolved(config) {
      folder = join(config.root, config.build.outDir)
    },
    async closeBundle() {
      const files = (await readdir(folder, { recursive: true })).filter((name) => TEXT.test(name))
      await Promise.all(files.map((name) => compressFile(join(folder, name))))
    },
  }
}

async function compressFile(path: string): Promise<void> {
  const content = await readFile(path)
  if (content.length < MINIMUM) return
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }
  await writeFile(`${path}.gz`, await promisify(gzip)(content, { level: 9, memLevel: 7 }))
  await writeFile(`${path}.br`, await promisify(brotliCompress)(content, quality))
}
