/**
 * The fault suite in its long form: `npm run test:faults`. `--write` writes the results to docs/operating/faults.md;
 * `--short` runs the form of `npm test`. Other arguments go to Vitest (a file, `-t` and a name). The last line is the
 * total.
 */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { keptFile, makeEvidence, readCommit, writeEvidence } from '../packages/backend/src/evidence.ts'
import { everythingRequired } from '../packages/testkit/src/index.ts'
import { ROOT, runScript, toolScript } from './steps.ts'
import { add, FAILURE, NOTHING, totalLine, vitestCounts, type Counts } from './tests/counts.ts'
import { announce, missingRequirements } from './tests/machine.ts'
import { faultsPage, outcomesOf, outcomeTable } from './tests/outcomes.ts'

const PAGE = path.join(ROOT, 'docs/operating/faults.md')
const OWN = new Set(['--write', '--short'])

/** Keeps the result for the gates of readiness. `startedAt`: epoch milliseconds. */
function keepEvidence(startedAt: number, { passed, failed }: Counts): void {
  const run = { id: 'faults-long', command: 'npm run test:faults -- --write', commit: readCommit(ROOT).id, startedAt }
  const evidence = makeEvidence({ ...run, endedAt: Date.now(), figures: { passed, failed }, isRehearsal: false })
  writeEvidence(keptFile(ROOT, 'faults-long'), evidence)
}

async function runFaults(given: readonly string[]): Promise<number> {
  const startedAt = Date.now()
  const reports = mkdtempSync(path.join(tmpdir(), 'ks-reports-'))
  const report = path.join(reports, 'vitest.json')
  const args = [
    'run',
    '--project',
    'faults',
    '--reporter',
    'verbose',
    '--reporter',
    'json',
    '--outputFile.json',
    report,
  ]
  try {
    const { code } = await runScript(toolScript('vitest'), [...args, ...given.filter((arg) => !OWN.has(arg))], {
      show: 'live',
      env: { KICKSTAND_TEST_FAULTS: given.includes('--short') ? 'short' : 'long' },
    })
    const isThere = existsSync(report)
    const ran = isThere ? vitestCounts(report) : NOTHING
    const outcomes = isThere ? outcomesOf(report) : []
    if (outcomes.length > 0) console.log(`\n${outcomeTable(outcomes)}\n`)
    const missing = missingRequirements().filter(({ means }) => means.includes('faults'))
    const counts = [ran, code !== 0 && ran.failed === 0 ? FAILURE : NOTHING, announce(missing, everythingRequired())]
    const total = counts.reduce(add)
    const isGreen = total.failed === 0 && total.passed > 0
    // Write only the results of a full run.
    if (given.includes('--write') && isGreen && given.every((arg) => OWN.has(arg))) {
      writeFileSync(PAGE, faultsPage(outcomes, new Date()))
      if (!given.includes('--short')) keepEvidence(startedAt, total)
    }
    console.log(totalLine(total))
    return isGreen ? 0 : 1
  } finally {
    rmSync(reports, { recursive: true, force: true })
  }
}

process.exitCode = await runFaults(process.argv.slice(2))
