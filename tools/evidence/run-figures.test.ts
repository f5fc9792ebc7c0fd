import { expect, it } from 'vitest'
import { readDefinitions } from '../../packages/backend/src/evidence.ts'
import { ROOT } from '../steps.ts'
import { FAILURE, NOTHING } from '../tests/counts.ts'
import type { FolderCoverage } from '../tests/coverage.ts'
import type { RanTest } from '../tests/ran.ts'
import { runFigures, type TestRun } from './run-figures.ts'

const story = (status: RanTest['status'], browser: string): RanTest => ({
  file: 'e2e/user/a.spec.ts',
  name: 'x',
  status,
  browser,
})
const IDS = ['domain', 'ingest', 'backend', 'rider', 'console'] as const
const RUN: TestRun = {
  tests: {
    counts: { passed: 5000, failed: 0, skipped: 2 },
    ran: [{ file: 'packages/backend/tests/access.test.ts', name: 'x', status: 'passed' }],
  },
  stories: {
    counts: { passed: 2, failed: 1, skipped: 0 },
    ran: [story('passed', 'chromium'), story('failed', 'chromium'), story('passed', 'firefox')],
  },
  coverage: IDS.map(
    (id): FolderCoverage => ({ id, folder: id, requiredLines: null, lines: 91, branches: 90 }) as never,
  ),
  findings: { covered: 7, faults: 0 },
  asvs: { met: 50, notApplicable: 8, missing: 0, faults: 0 },
  criticalPaths: [],
  missingPrograms: 1,
}

it('the figures of a run are those of its reports, and say what the machine lacks', () => {
  const figures = runFigures(RUN)
  expect(figures).toMatchObject({
    tests: { passed: 5000, failed: 0, skipped: 2, missingPrograms: 1 },
    stories: { chromiumPassed: 1, chromiumFailed: 1, firefoxPassed: 1, firefoxFailed: 0, webkitgtkPassed: 0 },
    findings: { covered: 7, faults: 0, missingPrograms: 1 },
    'access-matrix': { passed: 1, failed: 0 },
    // Their files are in no report.
    'audit-walk': { passed: 0, failed: 2 },
  })
})

it('a runner that crashed fails the stories of every browser', () => {
  const crashed = { counts: FAILURE, ran: [] }
  expect(runFigures({ ...RUN, stories: crashed })).toMatchObject({ stories: { chromiumFailed: 1, firefoxFailed: 1 } })
  expect(runFigures({ ...RUN, stories: { counts: NOTHING, ran: [] } })).toMatchObject({
    stories: { chromiumFailed: 0 },
  })
})

it('each figure that a gate expects of a suite is measured', () => {
  const { gates, measurements } = readDefinitions(ROOT)
  const suites = new Set(measurements.flatMap(({ id, source }) => (source === 'suite' && id !== 'check' ? [id] : [])))
  const figures = runFigures(RUN)
  expect(new Set(Object.keys(figures))).toEqual(suites)
  for (const { id, measurement, expect: expectations } of gates) {
    if (measurement === null || !suites.has(measurement)) continue
    expect(Object.keys(figures[measurement] ?? {}), id).toEqual(
      expect.arrayContaining(expectations.map(({ figure }) => figure)),
    )
  }
})

it('a machine that lacks programs cannot make a gate green that needs them', () => {
  const { gates } = readDefinitions(ROOT)
  const needing = gates.filter(({ measurement }) =>
    ['tests', 'faults-short', 'layout', 'access-matrix', 'audit-walk', 'findings', 'asvs', 'coverage'].includes(
      measurement ?? '',
    ),
  )
  expect(needing.length).toBeGreaterThan(7)
  for (const { id, expect: expectations } of needing)
    expect(expectations, id).toContainEqual({ figure: 'missingPrograms', equals: 0 })
})
