import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'

const ROOT = path.resolve(import.meta.dirname, '../../..')

/** Code that writes to a terminal. Only the files below may: each escapes hidden characters, or writes to its parent process. */
const WRITES =
  /\bconsole\s*\.|\bstd(?:out|err)\s*\.\s*(?:write|end)\b|\bwriteSync\b|\bpipe\(\s*process\b|\bprocess\.std(?:out|err)\s*\)/
const ALLOWED = new Set([
  'apps/cli/src/output.ts',
  'packages/backend/src/app/serve.ts',
  'packages/backend/src/platform/log.ts',
  'packages/backend/src/features/contributions/photos/prepare-image-main.ts',
])

function sourcesOf(folder: string): string[] {
  return readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => path.posix.join(folder, name))
}

function isWriter(text: string): boolean {
  return text.split('\n').some((line) => WRITES.test(line) && !/^\s*(?:\/\/|\*|\/\*)/.test(line))
}

describe('the output of a command', () => {
  it.each(['apps/cli/src', 'apps/server/src', 'packages/backend/src'])('in %s goes through output.ts', (folder) => {
    const files = sourcesOf(folder)
    expect(files.length).toBeGreaterThan(0)
    const writers = files.filter((file) => isWriter(readFileSync(path.join(ROOT, file), 'utf8')))
    expect(writers.filter((file) => !ALLOWED.has(file))).toEqual([])
  })

  it('is detected where it does not', () => {
    for (const line of [
      'console.log(x)',
      'process.stdout.write(x)',
      '  stderr.write(`x`)',
      'writeSync(1, x)',
      'a.pipe(process.stdout)',
    ]) {
      expect(isWriter(line), line).toBe(true)
    }
    expect(isWriter('if (process.stdout.isTTY) print(x)')).toBe(false)
  })
})
