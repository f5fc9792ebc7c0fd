import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

const COMPRESSED = /\.(js|css|html|svg|webmanifest)$/

/** Writes `.br` and `.gz` beside each text file, so that the server never compresses files at request time. */
export function precompress(): Plugin {
  return {
    name: 'kickstand-precompress',
    apply: 'build',
    // Reads from the disk, because Vite still changes the chunks in `generateBundle`.
    async writeBundle({ dir }) {
      if (dir === undefined) return
      for (const name of await readdir(dir, { recursive: true })) {
        if (!COMPRESSED.test(name)) continue
        const file = join(dir, name)
        const source = await readFile(file)
        const params = { [constants.BROTLI_PARAM_SIZE_HINT]: source.length }
        await writeFile(`${file}.br`, brotliCompressSync(source, { params }))
        await writeFile(`${file}.gz`, gzipSync(source, { level: 9 }))
      }
    },
  }
}
