/**
 * All tests, `npm test`: unit and service tests with coverage, then browser stories. Tests whose programs are not
 * installed are listed and skipped, or fail if all are required (CI=true or KICKSTAND_TEST_REQUIRE_ALL=1). The figures are left
 * as evidence for readiness, which is printed at the end. The last line is the total.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { readDefinitions } from '../packages/backend/src/evidence.ts'
import type { CriticalPath } from '../packages/domain/src/index.ts'
import { everythingRequired } from '../packages/testkit/src/index.ts'
import { beginEvidence } from './evidence/leave-evidence.ts'
import { printReadiness } from './evidence/print-readiness.ts'
import { runFigures, type Suite } from './evidence/run-figures.ts'
import { criticalPathFault } from './evidence/suite-figures.ts'
import { ROOT, runScript, toolScript } from './steps.ts'
import { checkAsvs } from './tests/asvs.ts'
import { add, FAILURE, NOTHING, playwrightCounts, totalLine, vitestCounts } from './tests/counts.ts'
import type { Counts } from './tests/counts.ts'
import { coverageLine, folderCoverage, type FolderCoverage } from './tests/coverage.ts'
import { withDisplay } from './tests/display.ts'
import { checkFindings } from './tests/findings.ts'
import { announce, missingRequirements } from './tests/machine.ts'
import { failureLines, playwrightTests, vitestTests, type RanTest } from './tests/ran.ts'

const NO_SUITE: Suite = { counts: NOTHING, ran: [] }

/** Runs a suite and prints how long it took. */
async function timed(name: string, run: () => Promise<Suite>): Promise<Suite> {
  const started = performance.now()
  const suite = await run()
  console.log(`\n${name}: ${((performance.now() - started) / 60_000).toFixed(1)} min`)
  return suite
}

async function vitest(reports: string): Promise<Suite> {
  const report = path.join(reports, 'vitest.json')
  const args = ['run', '--coverage', '--reporter', 'dot', '--reporter', 'json', '--outputFile.json', report]
  const { code } = await runScript(toolScript('vitest'), args, { show: 'live' })
  return { counts: countsOf(report, vitestCounts, code), ran: existsSync(report) ? vitestTests(report, ROOT) : [] }
}

async function stories(reports: string, projects: readonly string[]): Promise<Suite> {
  const report = path.join(reports, 'playwright.json')
  const args = ['test', '-c', 'e2e/playwright.config.ts', '--reporter', 'line,json']
  return withDisplay(async (display) => {
    const { code } = await runScript(
      toolScript('playwright'),
      [...args, ...projects.map((project) => `--project=${project}`)],
      { show: 'live', env: { PLAYWRIGHT_JSON_OUTPUT_NAME: report, ...(display === null ? {} : { DISPLAY: display }) } },
    )
    return {
      counts: countsOf(report, playwrightCounts, code),
      ran: existsSync(report) ? playwrightTests(report, 'e2e') : [],
    }
  })
}

/** A runner that failed without a failed test (it crashed, or wrote no report) counts as one failure. */
function countsOf(report: string, read: (file: string) => Counts, code: number): Counts {
  const counts = existsSync(report) ? read(report) : NOTHING
  return code !== 0 && counts.failed === 0 ? add(counts, FAILURE) : counts
}

/** Prints the coverage. Thresholds apply only if no test was skipped because of a missing program. */
function judgeCoverage(folders: readonly FolderCoverage[], judged: boolean): Counts {
  let counts = NOTHING
  for (const folder of folders) {
    console.log(coverageLine(folder))
    if (judged && folder.requiredLines !== null && folder.lines < folder.requiredLines) counts = add(counts, FAILURE)
  }
  return counts
}

/** Prints the critical paths that these tests do not show. */
function printMissingPaths(paths: readonly CriticalPath[], ran: readonly RanTest[]): void {
  for (const one of paths) {
    const fault = criticalPathFault(one, ran)
    if (fault !== null) console.log(`critical path without its test: ${fault}`)
  }
}

async function test(): Promise<number> {
  const leaveEvidence = beginEvidence(ROOT, 'npm test')
  const missing = missingRequirements()
  const isComplete = missing.length === 0
  const has = (what: string): boolean => !missing.some((lack) => lack.what.startsWith(what))
  const projects = ['Chromium', 'Firefox', 'WebKitGTK'].filter(has).map((browser) => browser.toLowerCase())
  const reports = mkdtempSync(path.join(tmpdir(), 'ks-reports-'))
  try {
    const tests = await timed('unit, service and fault tests', () => vitest(reports))
    const inBrowsers = projects.length > 0 ? await timed('browser stories', () => stories(reports, projects)) : NO_SUITE
    console.log('')
    const covered = folderCoverage(path.join(ROOT, 'coverage/coverage-summary.json'))
    const belowThreshold = judgeCoverage(covered, isComplete)
    const ran = [...tests.ran, ...inBrowsers.ran]
    for (const failure of failureLines(ran)) console.log(failure)
    const findings = checkFindings(ROOT, ran, isComplete)
    const asvs = checkAsvs(ROOT, ran, isComplete)
    const { criticalPaths } = readDefinitions(ROOT)
    printMissingPaths(criticalPaths, ran)
    const unavailable = announce(missing, everythingRequired())
    const left = leaveEvidence(
      runFigures({
        tests,
        stories: inBrowsers,
        coverage: covered,
        findings,
        asvs,
        criticalPaths,
        missingPrograms: missing.length,
      }),
    )
    const counts = [
      tests.counts,
      inBrowsers.counts,
      belowThreshold,
      { ...NOTHING, failed: findings.faults + asvs.faults },
      unavailable,
      await printReadiness(left),
    ].reduce(add)
    console.log(totalLine(counts))
    return counts.failed === 0 && counts.passed > 0 ? 0 : 1
  } finally {
    rmSync(reports, { recursive: true, force: true })
  }
}

process.exitCode = await test()
