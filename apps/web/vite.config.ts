import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/** Where the API answers while the page is served by Vite's own server. */
const API = `http://127.0.0.1:${process.env['KICKSTAND_PORT'] ?? '4242'}`

const COMPRESSED = /\.(js|css|html|svg|webmanifest)$/

/** Writes `.br` and `.gz` beside each text file once, so that the server never compresses one while somebody waits. */
function precompress(): Plugin {
  return {
    name: 'kickstand-precompress',
    apply: 'build',
    // From the disk, since Vite still changes the chunks in the last step before it.
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

export default defineConfig({
  plugins: [react(), tailwindcss(), precompress()],
  build: {
    target: ['chrome111', 'edge111', 'firefox115', 'safari16.4'],
    // Nothing inline: the server's content policy names files, not data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
  },
  server: {
    proxy: { '/v1': API, '/openapi.json': API, '/docs': API, '/healthz': API, '/readyz': API, '/basemap': API },
  },
})
