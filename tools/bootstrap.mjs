/**
 * What `npm start`, `npm test` and `npm run check` call. A stranger's machine has Node 20 or newer, npm and git; this file
 * gets from there to Node 24 with the dependencies installed and the web app built, then hands over. Each step looks first
 * and does nothing where nothing is stale. Plain JavaScript that Node 20 runs, because it comes before everything else.
 */
import { ensureDependencies } from './runtime/dependencies.mjs'
import { ensureNode } from './runtime/node.mjs'
import { runFile } from './runtime/run.mjs'
import { orOneLine, StepError } from './runtime/step.mjs'
import { ensureWeb } from './runtime/web.mjs'

const VERBS = {
  start: { file: 'apps/server/src/main.ts', web: true },
  test: { file: 'tools/run-tests.ts', web: true },
  check: { file: 'tools/run-checks.ts', web: false },
}

await orOneLine(async () => {
  const [verb, ...rest] = process.argv.slice(2)
  const [task, args] = verb === 'run' && rest[0] ? [{ file: rest[0], web: false }, rest.slice(1)] : [VERBS[verb], rest]
  if (!task) throw new StepError('usage: node tools/bootstrap.mjs start | test | check | run <file> [arguments]')
  const node = await ensureNode()
  await ensureDependencies(node)
  if (task.web) await ensureWeb(node)
  return runFile(node, task.file, args)
})
