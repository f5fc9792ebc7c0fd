import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Where the API answers while the page is served by Vite's own server. */
const API = `http://127.0.0.1:${process.env['KICKSTAND_PORT'] ?? '4242'}`

export default defineConfig({
  plugins: [react(), tailwindcss()],
  build: {
    target: ['chrome111', 'edge111', 'firefox115', 'safari16.4'],
    // The strict content policy of the server allows no data: scripts; small pictures may stay inside the styles.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
  },
  server: {
    proxy: { '/v1': API, '/openapi.json': API, '/docs': API, '/healthz': API, '/readyz': API, '/basemap': API },
  },
})
