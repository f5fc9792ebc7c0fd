import path from 'node:path'
import { STORY_SUITES, type CriticalPath, type FigureValue } from '../../packages/domain/src/index.ts'
import { faultOfTest } from '../tests/named-test.ts'
import type { RanTest } from '../tests/ran.ts'

/** Figures of one measurement, by name. */
export type Figures = Readonly<Record<string, FigureValue>>

const BROWSERS = ['chromium', 'firefox', 'webkitgtk'] as const

/**
 * Stories by browser. A browser that did not run has 0 of both. `outside`: failures that belong to no story, such as a runner
 * that crashed; they count for each browser.
 */
export function storyFigures(ran: readonly RanTest[], outside: number): Figures {
  return Object.fromEntries(
    BROWSERS.flatMap((browser) => {
      const count = (status: RanTest['status']): number =>
        ran.filter((one) => one.browser === browser && one.status === status).length
      return [
        [`${browser}Passed`, count('passed')],
        [`${browser}Failed`, count('failed') + outside],
      ]
    }),
  )
}

/** The tests of some files. A file without a test in the report counts as a failure: it was renamed, or could not be loaded. */
export function fileFigures(ran: readonly RanTest[], patterns: readonly string[]): Figures {
  const own = patterns.map((pattern) => ran.filter(({ file }) => path.matchesGlob(file, pattern)))
  const count = (status: RanTest['status']): number => own.flat().filter((one) => one.status === status).length
  return {
    passed: count('passed'),
    failed: count('failed') + own.filter((tests) => tests.length === 0).length,
    skipped: count('skipped'),
  }
}

/** Critical paths by suite. One of which a test failed, did not run or does not exist is missing. */
export function criticalPathFigures(paths: readonly CriticalPath[], ran: readonly RanTest[]): Figures {
  return Object.fromEntries(
    STORY_SUITES.flatMap((suite) => {
      const own = paths.filter((one) => one.suite === suite)
      const missing = own.filter((one) => criticalPathFault(one, ran) !== null)
      return [
        [`${suite}Passed`, own.length - missing.length],
        [`${suite}Missing`, missing.length],
      ]
    }),
  )
}

/** Why a critical path was not shown, in one line; null if all of its tests passed. */
export function criticalPathFault({ id, tests }: CriticalPath, ran: readonly RanTest[]): string | null {
  const faults = tests.flatMap(({ file, name }) => {
    const fault = faultOfTest(ran, file, name, true)
    return fault === null ? [] : [`${file} > ${name}: ${fault}`]
  })
  return faults.length === 0 ? null : `${id}: ${faults.join('; ')}`
}
