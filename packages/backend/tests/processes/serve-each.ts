import { fileURLToPath } from 'node:url'
import { serve } from '@kickstand/backend'
import { parseConfig } from '@kickstand/backend/config'

// A process that starts the service with each of several settings that it rejects: `serve-each.ts SETTINGS`, a JSON
// array of objects. It prints an array with the exit code and the standard error of each start.

const root = fileURLToPath(new URL('../../../..', import.meta.url))
const ends: { readonly code: unknown; readonly stderr: string }[] = []
const { write } = process.stderr
// A start that failed ends its process after a few seconds.
process.exit = (() => undefined) as typeof process.exit

for (const settings of JSON.parse(process.argv[2] ?? '[]') as Record<string, string>[]) {
  let stderr = ''
  process.stderr.write = (text: string | Uint8Array) => ((stderr += String(text)), true)
  process.exitCode = undefined
  await serve(() => parseConfig(settings, root), root)
  ends.push({ code: process.exitCode, stderr })
}
process.stderr.write = write
process.exitCode = 0
process.stdout.write(JSON.stringify(ends))
