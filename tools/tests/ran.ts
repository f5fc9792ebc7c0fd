import { readFileSync } from 'node:fs'
import path from 'node:path'

/**
 * A test in a report: its file from the root, its name with the names of its suites, its result, and the error of one
 * that failed. `browser`: the one in which a story ran.
 */
export type RanTest = {
  readonly file: string
  readonly name: string
  readonly status: 'passed' | 'failed' | 'skipped'
  readonly error?: string | undefined
  readonly browser?: string | undefined
}

const SEPARATOR = ' > '

/** The tests of Vitest's JSON report. */
export function vitestTests(report: string, root: string): RanTest[] {
  const { testResults } = readJson(report) as {
    testResults: readonly {
      name: string
      assertionResults: readonly {
        ancestorTitles: readonly string[]
        title: string
        status: string
        failureMessages?: readonly string[]
      }[]
    }[]
  }
  return testResults.flatMap(({ name: file, assertionResults }) =>
    assertionResults.map(({ ancestorTitles, title, status, failureMessages = [] }) => ({
      file: path.relative(root, file),
      name: [...ancestorTitles, title].join(SEPARATOR),
      status: status === 'passed' || status === 'failed' ? status : 'skipped',
      error: failureMessages[0],
    })),
  )
}

type Suite = {
  readonly title: string
  readonly file: string
  readonly suites?: readonly Suite[]
  readonly specs?: readonly {
    readonly title: string
    readonly tests: readonly {
      readonly projectName?: string
      readonly status: 'expected' | 'unexpected' | 'flaky' | 'skipped'
      readonly results?: readonly { readonly error?: { readonly message?: string } }[]
    }[]
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
    tests.map(({ projectName, status, results = [] }) => ({
      file,
      name: [...titles, title].join(SEPARATOR),
      status:
        status === 'unexpected'
          ? ('failed' as const)
          : status === 'skipped'
            ? ('skipped' as const)
            : ('passed' as const),
      error: results.findLast(({ error }) => error !== undefined)?.error?.message,
      browser: projectName,
    })),
  )
  return [...own, ...suites.flatMap((suite) => storiesOf(suite, [...titles, suite.title], file))]
}

/** One paragraph for each failed test: its file and name, then the first lines of its error. */
export function failureLines(ran: readonly RanTest[], errorLines = 6): string[] {
  return ran
    .filter(({ status }) => status === 'failed')
    .map(({ file, name, error = '' }) => {
      const shown = error.split('\n', errorLines).map((line) => `  ${line.slice(0, 300)}`)
      return [`failed: ${file}${SEPARATOR}${name}`, ...shown].join('\n')
    })
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'))
}
