import type { CriticalPath } from '../../packages/domain/src/index.ts'
import type { Counts } from '../tests/counts.ts'
import { coverageFigures, type FolderCoverage } from '../tests/coverage.ts'
import type { RanTest } from '../tests/ran.ts'
import { MEASURED_FILES } from './measured-files.ts'
import { criticalPathFigures, fileFigures, storyFigures, type Figures } from './suite-figures.ts'

/** What a test runner did: its counts include failures that belong to no test. */
export type Suite = { readonly counts: Counts; readonly ran: readonly RanTest[] }

/** A run of `npm test`. `missingPrograms`: requirements that this machine lacks, so that tests were skipped. */
export type TestRun = {
  readonly tests: Suite
  readonly stories: Suite
  readonly coverage: readonly FolderCoverage[]
  readonly findings: Figures
  readonly asvs: Figures
  readonly criticalPaths: readonly CriticalPath[]
  readonly missingPrograms: number
}

/** The figures of each measurement that a run makes. All say whether the machine could run every test. */
export function runFigures(run: TestRun): Record<string, Figures> {
  const { tests, stories, missingPrograms } = run
  const figures: Record<string, Figures> = {
    tests: { ...tests.counts },
    stories: storyFigures(stories.ran, failedOutside(stories)),
    coverage: coverageFigures(run.coverage),
    findings: run.findings,
    asvs: run.asvs,
    'critical-paths': criticalPathFigures(run.criticalPaths, [...tests.ran, ...stories.ran]),
  }
  for (const [id, patterns] of Object.entries(MEASURED_FILES)) figures[id] = fileFigures(tests.ran, patterns)
  return Object.fromEntries(Object.entries(figures).map(([id, own]) => [id, { ...own, missingPrograms }]))
}

/** Failures of no test: a runner that crashed, or a file that could not be loaded. */
function failedOutside({ counts, ran }: Suite): number {
  return Math.max(0, counts.failed - ran.filter(({ status }) => status === 'failed').length)
}
