import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
import { apiProxy, APP_BUILD } from '../../tools/build/app-build.ts'
import { precompress } from '../../tools/build/precompress.ts'

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

export default defineConfig({
  plugins: [react(), tailwindcss(), precompress(), worker()],
  build: { ...APP_BUILD, chunkSizeWarningLimit: 1500 },
  server: { proxy: apiProxy(process.env['KICKSTAND_PORT']) },
})
