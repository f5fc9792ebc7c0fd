/** Fails if the scripts of an app's first screen exceed its budget. Builds the apps first if their sources have changed. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { ensureApps } from './runtime/apps.mjs'
import { ROOT } from './steps.ts'
import { shellScripts } from './web-size/shell-bytes.ts'

/** `maxBytes` after Brotli. A rider's phone loads 110 kB in about a second on a slow connection. */
const BUDGETS = [
  { app: 'apps/rider', base: '/', maxBytes: 110_000 },
  { app: 'apps/console', base: '/console/', maxBytes: 300_000 },
] as const

await ensureApps(process.execPath)
for (const { app, base, maxBytes } of BUDGETS) {
  const built = path.join(ROOT, app, 'dist')
  const html = readFileSync(path.join(built, 'index.html'), 'utf8')
  const scripts = shellScripts(html, base, (file) => readFileSync(path.join(built, file)))
  const bytes = scripts.reduce((sum, one) => sum + one.bytes, 0)
  console.log(`${app}: ${bytes} of ${maxBytes} bytes after Brotli`)
  if (bytes > maxBytes) process.exitCode = 1
}
