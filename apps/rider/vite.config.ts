import { readFile } from 'node:fs/promises'
import path from 'node:path'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig, minify, transformWithOxc, type Plugin } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
import { apiProxy, APP_BUILD } from '../../tools/build/app-build.ts'
import { precompress } from '../../tools/build/precompress.ts'
import { languagesOf } from '../../tools/texts/read-catalogues.ts'
import { textFilePrefix, texts } from '../../tools/texts/vite-plugin.ts'

/** The map engine is cached only when it is used, because the list works without it. */
const MAP_ENGINE = ['assets/zone-map-*', 'assets/maplibre-*']
/** Only English, which stands in for any language, is cached at once. The page caches its own language when it is used. */
const OTHER_LANGUAGES = languagesOf('rider')
  .filter((language) => language !== 'en')
  .map((language) => `assets/text-*-${language}-*`)
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
      globIgnores: [...MAP_ENGINE, ...OTHER_LANGUAGES],
      maximumFileSizeToCacheInBytes: MAX_SHELL_FILE_BYTES,
      // File names in /assets contain a content hash.
      dontCacheBustURLsMatching: /\/assets\//,
      navigateFallback: '/index.html',
      navigateFallbackDenylist: [/^\/(v1|ogc|docs|console|basemap|openapi\.json|healthz|readyz)(\/|$)/],
      runtimeCaching: [
        {
          // Not those of the console. The function runs in the worker, so it must not use anything from this file.
          urlPattern: ({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith('/assets/'),
          handler: 'CacheFirst',
          options: { cacheName: 'kickstand-parts', expiration: { maxEntries: 20 } },
        },
      ],
      clientsClaim: true,
      inlineWorkboxRuntime: true,
    },
  })
}

/**
 * Adds a script that requests the texts of the first screen, in the rider's language, while the page's own scripts are still
 * on their way. So they take no round trip of their own.
 */
function preloadTexts(): Plugin {
  let fileName = ''
  return {
    name: 'kickstand-preload-texts',
    apply: 'build',
    async generateBundle() {
      const source = path.resolve(import.meta.dirname, 'src/i18n/preload-texts.ts')
      const { code } = await transformWithOxc(await readFile(source, 'utf8'), source)
      const script = code
        .replace('TEXT_LANGUAGES', JSON.stringify(languagesOf('rider')))
        .replace('TEXT_PREFIX', JSON.stringify(`/${textFilePrefix(import.meta.dirname)}`))
      const reference = this.emitFile({
        type: 'asset',
        name: 'preload-texts.js',
        source: (await minify(source, script)).code,
      })
      fileName = this.getFileName(reference)
    },
    transformIndexHtml: {
      order: 'post',
      handler: () => [
        { tag: 'script', attrs: { type: 'module', async: true, src: `/${fileName}` }, injectTo: 'head-prepend' },
      ],
    },
  }
}

export default defineConfig({
  // React has this hook itself since version 18.
  resolve: { alias: { 'use-sync-external-store/shim/with-selector': 'use-sync-external-store/with-selector' } },
  plugins: [react(), tailwindcss(), texts(), preloadTexts(), precompress(), worker()],
  build: {
    ...APP_BUILD,
    chunkSizeWarningLimit: 1500,
  },
  server: { proxy: apiProxy(process.env['KICKSTAND_PORT']) },
})
