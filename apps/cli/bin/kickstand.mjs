#!/usr/bin/env node
// Node 20 may run this file; the command itself runs under Node 24 with the dependencies installed.
import { ensureDependencies } from '../../../tools/runtime/dependencies.mjs'
import { ensureNode } from '../../../tools/runtime/node.mjs'
import { runFile } from '../../../tools/runtime/run.mjs'
import { withOneLineErrors } from '../../../tools/runtime/step.mjs'

await withOneLineErrors(async () => {
  const node = await ensureNode()
  await ensureDependencies(node)
  return runFile(node, 'apps/cli/src/main.ts', process.argv.slice(2))
})
