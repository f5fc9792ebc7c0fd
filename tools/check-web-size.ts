/** Fails if the scripts of an app's first screen exceed its budget. Builds the apps first if their sources have changed. */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { ensureApps } from './runtime/apps.mjs'
import { ROOT } from './steps.ts'
import { shellScripts } from './web-size/shell-bytes.ts'

/** `maxBytes` after Brotli. A rider's phone loads 110 kB in about a second on a slow connection. */
const BUDGETS = [
  { app: 'apps/rider', base: '/', maxBytes: 110_000 },
  { app: 'apps/console', base: '/console/', maxBytes: 300_000 },
] as const

/** The English texts of the first screen, which its HTML does not name: each language has a file of its own. */
function englishTexts(built: string): string[] {
  const isFirst = /^text-[0-9a-f]{8}-en-(rider|console)\.js$/
  return readdirSync(path.join(built, 'assets')).flatMap((file) => (isFirst.test(file) ? [`assets/${file}`] : []))
}

await ensureApps(process.execPath)
for (const { app, base, maxBytes } of BUDGETS) {
  const built = path.join(ROOT, app, 'dist')
  const html = readFileSync(path.join(built, 'index.html'), 'utf8')
  const scripts = shellScripts(html, base, englishTexts(built), (file) => readFileSync(path.join(built, file)))
  const bytes = scripts.reduce((sum, one) => sum + one.bytes, 0)
  console.log(`${app}: ${bytes} of ${maxBytes} bytes after Brotli`)
  if (bytes > maxBytes) process.exitCode = 1
}
