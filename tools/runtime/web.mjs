import { existsSync } from 'node:fs'
import path from 'node:path'
import { hashOf, stampMatches, writeStamp } from './hash.mjs'
import { withLock } from './lock.mjs'
import { npm } from './npm.mjs'
import { ROOT, say } from './step.mjs'

const STAMP = 'apps/web/dist/.kickstand-stamp'
const SOURCES = ['apps/web', 'packages/contract/src', 'packages/domain/src', 'package-lock.json']

/** Builds the web app if its sources have changed since the last build. */
export async function ensureWeb(node) {
  if (!existsSync(path.join(ROOT, 'apps/web/index.html'))) {
    say('web', 'apps/web has no index.html yet, not built')
    return
  }
  if (stampMatches(STAMP, hashOf(SOURCES))) return
  await withLock('web', async () => {
    const hash = hashOf(SOURCES)
    if (stampMatches(STAMP, hash)) return
    say('web', 'building the web app')
    await npm('web', node, ['run', 'build', '-w', 'apps/web'], 'fix the errors above, then run it again')
    writeStamp(STAMP, hash)
  })
}
