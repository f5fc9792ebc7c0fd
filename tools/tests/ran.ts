import { readFileSync } from 'node:fs'
import path from 'node:path'

/** A test in a report: its file from the root, its name with the names of its suites, and its result. */
export type RanTest = { readonly file: string; readonly name: string; readonly status: 'passed' | 'failed' | 'skipped' }

const SEPARATOR = ' > '

/** The tests of Vitest's JSON report. */
export function vitestTests(report: string, root: string): RanTest[] {
  const { testResults } = readJson(report) as {
    testResults: readonly {
      name: string
      assertionResults: readonly { ancestorTitles: readonly string[]; title: string; status: string }[]
    }[]
  }
  return testResults.flatMap(({ name: file, assertionResults }) =>
    assertionResults.map(({ ancestorTitles, title, status }) => ({
      file: path.relative(root, file),
      name: [...ancestorTitles, title].join(SEPARATOR),
      status: status === 'passed' || status === 'failed' ? status : 'skipped',
    })),
  )
}

type Suite = {
  readonly title: string
  readonly file: string
  readonly suites?: readonly Suite[]
  readonly specs?: readonly {
    readonly title: string
    readonly tests: readonly { readonly status: 'expected' | 'unexpected' | 'flaky' | 'skipped' }[]
  }[]
}

/** The stories of Playwright's JSON report, one for each browser. A flaky one counts as passed. */
export function playwrightTests(report: string, folder: string): RanTest[] {
  const { suites } = readJson(report) as { suites: readonly Suite[] }
  // The outermost suite is the file.
  return suites.flatMap((suite) => storiesOf(suite, [], path.join(folder, suite.file)))
}

function storiesOf({ suites = [], specs = [] }: Suite, titles: readonly string[], file: string): RanTest[] {
  const own = specs.flatMap(({ title, tests }) =>
    tests.map(({ status }) => ({
      file,
      name: [...titles, title].join(SEPARATOR),
      status:
        status === 'unexpected'
          ? ('failed' as const)
          : status === 'skipped'
            ? ('skipped' as const)
            : ('passed' as const),
    })),
  )
  return [...own, ...suites.flatMap((suite) => storiesOf(suite, [...titles, suite.title], file))]
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'))
}
