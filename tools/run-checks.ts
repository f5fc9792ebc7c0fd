/**
 * All checks, `npm run check`: prints one line per step, stops at the first that fails and shows its output.
 * `--without-tests` leaves out the unit tests, for CI, where `npm test` runs them too. The result is left as evidence for
 * readiness.
 */
import path from 'node:path'
import { beginEvidence } from './evidence/leave-evidence.ts'
import { ROOT, runScript, toolScript } from './steps.ts'

const PROJECTS = [
  'packages/domain',
  'packages/contract',
  '.',
  'packages/ui',
  'packages/i18n',
  'apps/rider',
  'apps/console',
  'e2e',
]

type Step = { readonly name: string; readonly script: string; readonly runs: readonly (readonly string[])[] }

const UNIT_TESTS: Step = {
  name: 'unit tests',
  script: toolScript('vitest'),
  runs: [['run', '--project', 'unit', '--reporter', 'dot']],
}

const STEPS: readonly Step[] = [
  { name: 'types', script: toolScript('tsc'), runs: PROJECTS.map((project) => ['-p', project, '--pretty', 'false']) },
  { name: 'lint', script: toolScript('oxlint'), runs: [[]] },
  { name: 'format', script: toolScript('oxfmt'), runs: [['--check']] },
  { name: 'boundaries', script: path.join(import.meta.dirname, 'check-boundaries.ts'), runs: [[]] },
  { name: 'targets', script: path.join(import.meta.dirname, 'check-targets.ts'), runs: [[]] },
  { name: 'words', script: path.join(import.meta.dirname, 'check-words.ts'), runs: [[]] },
  { name: 'texts', script: path.join(import.meta.dirname, 'check-texts.ts'), runs: [[]] },
  { name: 'decisions', script: path.join(import.meta.dirname, 'check-decisions.ts'), runs: [[]] },
  { name: 'api', script: path.join(import.meta.dirname, 'check-openapi.ts'), runs: [[]] },
  { name: 'size', script: path.join(import.meta.dirname, 'check-web-size.ts'), runs: [[]] },
  { name: 'unused', script: toolScript('knip'), runs: [['--no-progress']] },
  ...(process.argv.includes('--without-tests') ? [] : [UNIT_TESTS]),
]

async function check(): Promise<number> {
  const leaveEvidence = beginEvidence(ROOT, 'npm run check')
  for (const [i, { name, script, runs }] of STEPS.entries()) {
    let seconds = 0
    for (const args of runs) {
      const ran = await runScript(script, args)
      seconds += ran.seconds
      if (ran.code === 0) continue
      console.log(`${name.padEnd(12)} failed  ${seconds.toFixed(1)} s\n`)
      console.log(ran.output.trimEnd())
      leaveEvidence({ check: { steps: i + 1, failed: 1 } })
      return 1
    }
    console.log(`${name.padEnd(12)} ok      ${seconds.toFixed(1)} s`)
  }
  leaveEvidence({ check: { steps: STEPS.length, failed: 0 } })
  return 0
}

process.exitCode = await check()
