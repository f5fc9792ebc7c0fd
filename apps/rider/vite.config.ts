import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'

/** The API server that Vite's dev server proxies to. */
const API = `http://127.0.0.1:${process.env['KICKSTAND_PORT'] ?? '4242'}`

const COMPRESSED = /\.(js|css|html|svg|webmanifest)$/

/** Writes `.br` and `.gz` beside each text file, so that the server never compresses files at request time. */
function precompress(): Plugin {
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

/** The map engine is cached only when it is used, because the list works without it. */
const MAP_ENGINE = ['assets/zone-map-*', 'assets/maplibre-*']
/** A larger file in the precache fails the build. */
const MAX_SHELL_FILE_BYTES = 500_000

/**
 * The service worker caches the page, so that it opens offline. It does not cache API answers: the page saves those
 * itself with their age (`src/offline`).
 */
function worker(): Plugin[] {
  return VitePWA({
    registerType: 'prompt',
    injectRegister: null,
    manifest: false,
    workbox: {
      globPatterns: ['index.html', '*.{svg,png,webmanifest}', 'assets/*.{js,css,woff2}'],
      globIgnores: MAP_ENGINE,
      maximumFileSizeToCacheInBytes: MAX_SHELL_FILE_BYTES,
      // File names in /assets contain a content hash.
      dontCacheBustURLsMatching: /\/assets\//,
      navigateFallback: '/index.html',
      navigateFallbackDenylist: [/^\/(v1|ogc|docs|basemap|openapi\.json|healthz|readyz)(\/|$)/],
      runtimeCaching: [
        {
          urlPattern: /\/assets\//,
          handler: 'CacheFirst',
          options: { cacheName: 'kickstand-parts', expiration: { maxEntries: 20 } },
        },
      ],
      clientsClaim: true,
      inlineWorkboxRuntime: true,
    },
  })
}

export default defineConfig({
  plugins: [react(), tailwindcss(), precompress(), worker()],
  build: {
    target: ['chrome111', 'edge111', 'firefox115', 'safari16.4'],
    // No inlined assets: the Content-Security-Policy forbids data: URLs.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
  },
  server: {
    proxy: {
      '/v1': API,
      '/ogc': API,
      '/openapi.json': API,
      '/docs': API,
      '/healthz': API,
      '/readyz': API,
      '/basemap': API,
    },
  },
})
