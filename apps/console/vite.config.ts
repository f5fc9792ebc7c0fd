import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { apiProxy, APP_BUILD } from '../../tools/build/app-build.ts'
import { precompress } from '../../tools/build/precompress.ts'
import { texts } from '../../tools/texts/vite-plugin.ts'

export default defineConfig({
  base: '/console/',
  plugins: [react(), tailwindcss(), texts(), precompress()],
  build: APP_BUILD,
  server: { proxy: apiProxy(process.env['KICKSTAND_PORT']) },
})
