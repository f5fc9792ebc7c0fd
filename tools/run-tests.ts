/**
 * All tests, `npm test`: unit and service tests with coverage, then browser stories. Tests whose programs are not
 * installed are listed and skipped, or fail if all are required (CI=true or KICKSTAND_TEST_REQUIRE_ALL=1). The last
 * line is the total.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { everythingRequired } from '../packages/testkit/src/index.ts'
import { ROOT, runScript, toolScript } from './steps.ts'
import { checkAsvs } from './tests/asvs.ts'
import { add, FAILURE, NOTHING, playwrightCounts, totalLine, vitestCounts } from './tests/counts.ts'
import type { Counts } from './tests/counts.ts'
import { coverageLine, folderCoverage } from './tests/coverage.ts'
import { withDisplay } from './tests/display.ts'
import { checkFindings } from './tests/findings.ts'
import { announce, missingRequirements } from './tests/machine.ts'
import { failureLines, playwrightTests, vitestTests, type RanTest } from './tests/ran.ts'

type Suite = { readonly counts: Counts; readonly ran: readonly RanTest[] }

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
function coverage(judged: boolean): Counts {
  let counts = NOTHING
  for (const folder of folderCoverage(path.join(ROOT, 'coverage/coverage-summary.json'))) {
    console.log(coverageLine(folder))
    if (judged && folder.percent < folder.required) counts = add(counts, FAILURE)
  }
  return counts
}

async function test(): Promise<number> {
  const missing = missingRequirements()
  const has = (what: string): boolean => !missing.some((lack) => lack.what.startsWith(what))
  const projects = ['Chromium', 'Firefox', 'WebKitGTK'].filter(has).map((browser) => browser.toLowerCase())
  const reports = mkdtempSync(path.join(tmpdir(), 'ks-reports-'))
  try {
    const suites = [await timed('unit, service and fault tests', () => vitest(reports))]
    if (projects.length > 0) suites.push(await timed('browser stories', () => stories(reports, projects)))
    let counts = suites.map((suite) => suite.counts).reduce(add)
    console.log('')
    counts = add(counts, coverage(missing.length === 0))
    const ran = suites.flatMap((suite) => suite.ran)
    for (const failure of failureLines(ran)) console.log(failure)
    counts = add(counts, checkFindings(ROOT, ran, missing.length === 0))
    counts = add(counts, checkAsvs(ROOT, ran, missing.length === 0))
    counts = add(counts, announce(missing, everythingRequired()))
    console.log(totalLine(counts))
    return counts.failed === 0 && counts.passed > 0 ? 0 : 1
  } finally {
    rmSync(reports, { recursive: true, force: true })
  }
}

process.exitCode = await test()
