/**
 * The entry point of `npm start`, `npm test` and `npm run check`. It needs only Node 20 or newer and npm: it downloads
 * Node 24, installs the dependencies and builds the apps for browsers, each only if it is out of date, then runs the requested
 * file. It is plain JavaScript, because it has to run on Node 20.
 */
import { ensureDependencies } from './runtime/dependencies.mjs'
import { ensureNode } from './runtime/node.mjs'
import { runFile } from './runtime/run.mjs'
import { withOneLineErrors, StepError } from './runtime/step.mjs'
import { ensureApps } from './runtime/apps.mjs'

const VERBS = {
  start: { file: 'apps/server/src/main.ts', apps: true },
  test: { file: 'tools/run-tests.ts', apps: true },
  check: { file: 'tools/run-checks.ts', apps: false },
}

await withOneLineErrors(async () => {
  const [verb, ...rest] = process.argv.slice(2)
  const [task, args] = verb === 'run' && rest[0] ? [{ file: rest[0], apps: false }, rest.slice(1)] : [VERBS[verb], rest]
  if (!task) throw new StepError('usage: node tools/bootstrap.mjs start | test | check | run <file> [arguments]')
  const node = await ensureNode()
  await ensureDependencies(node)
  if (task.apps) await ensureApps(node)
  return runFile(node, task.file, args)
})
