import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'

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

/** The map engine is kept once it has been used, since the list works without it. */
const MAP_ENGINE = ['assets/zone-map-*', 'assets/maplibre-*']
/** A larger file among the rest ends the build: it is not the shell's. */
const SHELL_FILE_AT_MOST = 500_000

/**
 * The service worker: it holds the page itself, so that it opens without a network. What the API says is kept by the page
 * (`src/offline`), which knows how old it is.
 */
function worker(): Plugin[] {
  return VitePWA({
    registerType: 'prompt',
    injectRegister: null,
    manifest: false,
    workbox: {
      globPatterns: ['index.html', '*.{svg,png,webmanifest}', 'assets/*.{js,css,woff2}'],
      globIgnores: MAP_ENGINE,
      maximumFileSizeToCacheInBytes: SHELL_FILE_AT_MOST,
      // The name of a file in /assets tells its content.
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
    // Nothing inline: the server's content policy names files, not data: addresses.
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
