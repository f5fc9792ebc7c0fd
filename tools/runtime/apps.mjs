import { hashOf, stampMatches, writeStamp } from './hash.mjs'
import { withLock } from './lock.mjs'
import { npm } from './npm.mjs'
import { say } from './step.mjs'

/** The apps for browsers, each built into its own `dist`. */
const APPS = ['apps/rider', 'apps/console']
/** What they are built from besides their own files. */
const SHARED = [
  'packages/client',
  'packages/contract',
  'packages/domain',
  'packages/i18n',
  'packages/ui',
  'tools/build',
  'tools/targets/targets.ts',
  'tools/texts',
  'package-lock.json',
]

/** Builds each app whose sources have changed since its last build. */
export async function ensureApps(node) {
  for (const app of APPS) await ensureApp(node, app)
}

async function ensureApp(node, app) {
  const stamp = `${app}/dist/.kickstand-stamp`
  const isBuilt = () => stampMatches(stamp, hashOf([app, ...SHARED]))
  if (isBuilt()) return
  await withLock('apps', async () => {
    if (isBuilt()) return
    const hash = hashOf([app, ...SHARED])
    say('apps', `building ${app}`)
    await npm('apps', node, ['run', 'build', '-w', app], 'fix the errors above, then run it again')
    writeStamp(stamp, hash)
  })
}
