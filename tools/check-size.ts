/** Fails if the scripts of the riders' first screen exceed their budget. Builds the page first if its sources have changed. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { ensureApps } from './runtime/apps.mjs'
import { ROOT } from './steps.ts'
import { shellScripts } from './web-size/shell-bytes.ts'

/** Bytes after Brotli: about a second on a slow phone connection. */
const MAX_SHELL_BYTES = 110_000

await ensureApps(process.execPath)
const built = path.join(ROOT, 'apps/rider/dist')
const html = readFileSync(path.join(built, 'index.html'), 'utf8')
const bytes = shellScripts(html, (file) => readFileSync(path.join(built, file))).reduce(
  (sum, one) => sum + one.bytes,
  0,
)
console.log(`shell: ${bytes} of ${MAX_SHELL_BYTES} bytes after Brotli`)
process.exitCode = bytes <= MAX_SHELL_BYTES ? 0 : 1
