/**
 * Compares the API that the service describes with `docs/api/openapi.json`, and fails if they differ (`--write` writes it). Also
 * prints the changes since the main branch that break clients, for the changelog.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { startTestService } from '../packages/testkit/src/start-service.ts'
import { breakingChanges } from './openapi/breaking-changes.ts'
import { ROOT } from './steps.ts'

const FILE = 'docs/api/openapi.json'

async function describedNow(): Promise<string> {
  const service = await startTestService({ url: 'sqlite::memory:' })
  try {
    return `${JSON.stringify(await (await service.get('/openapi.json')).json(), null, 2)}\n`
  } finally {
    await service.stop()
  }
}

/** The document on the main branch; null if it has none, or without git. */
function onMain(): unknown {
  for (const branch of ['origin/main', 'main']) {
    try {
      const text = execFileSync('git', ['show', `${branch}:${FILE}`], {
        cwd: ROOT,
        stdio: ['ignore', 'pipe', 'ignore'],
      })
      return JSON.parse(text.toString())
    } catch {
      continue
    }
  }
  return null
}

const now = await describedNow()
const file = path.join(ROOT, FILE)
const before = onMain()
for (const change of before === null ? [] : breakingChanges(before, JSON.parse(now))) console.log(`breaking: ${change}`)
if (process.argv.includes('--write')) writeFileSync(file, now)
else if (!existsSync(file) || readFileSync(file, 'utf8') !== now) {
  console.error(`${FILE} is not what the service describes. Run: node tools/check-openapi.ts --write`)
  process.exitCode = 1
} else console.log(`${FILE} is up to date`)
