import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { csvRows } from './csv-rows.ts'
import { faultOfTest } from './named-test.ts'
import type { RanTest } from './ran.ts'

/**
 * One line of `docs/findings.csv`: an externally found fault and the test that covers it. A fault that is not fixed yet has no
 * test, and `later` names the work that will fix it.
 */
export type Finding = {
  readonly finding: string
  readonly title: string
  readonly testFile: string
  readonly testName: string
  readonly later: string
}

const HEADER = 'finding,title,test_file,test_name,later'

/** Reads the list. Throws for a row without five cells, or with neither a test nor `later`; the message names the row. */
export function readFindings(file: string): Finding[] {
  const [head = '', ...rows] = csvRows(readFileSync(file, 'utf8'))
  if (head.toString() !== HEADER) throw new Error(`${file}: the first line must be ${HEADER}`)
  return rows.map((row, i) => {
    const [finding = '', title = '', testFile = '', testName = '', later = ''] = row
    const isTested = testFile !== '' && testName !== ''
    if (row.length !== 5 || finding === '' || title === '' || isTested === (later !== '')) {
      throw new Error(
        `${file}, row ${i + 2} (${finding}): expected five cells, with a test's file and name or with "later"`,
      )
    }
    return { finding, title, testFile, testName, later }
  })
}

/**
 * The faults of a list, one line each: a named test is in no report, failed or did not run. A name that ends with `*` matches all
 * names with that prefix. `isComplete` is false where the machine lacks programs; a test that did not run is then no fault.
 */
export function findingFaults(findings: readonly Finding[], ran: readonly RanTest[], isComplete: boolean): string[] {
  return findings.flatMap(({ finding, testFile, testName, later }) => {
    if (later !== '') return []
    const fault = faultOfTest(ran, testFile, testName, isComplete)
    return fault === null ? [] : [`${finding}: ${testFile} > ${testName}: ${fault}`]
  })
}

/** `covered`: findings that name a test. `faults`: tests that do not exist, did not run or failed. */
type FindingFigures = { readonly covered: number; readonly faults: number }

/** Checks the list against the tests that ran, and prints each fault. */
export function checkFindings(root: string, ran: readonly RanTest[], isComplete: boolean): FindingFigures {
  const findings = readFindings(path.join(root, 'docs/findings.csv'))
  const missing = findings.filter(({ testFile }) => testFile !== '' && !existsSync(path.join(root, testFile)))
  const faults = [
    ...missing.map(({ finding, testFile }) => `${finding}: there is no file ${testFile}`),
    ...findingFaults(findings, ran, isComplete),
  ]
  for (const fault of faults) console.log(`finding without its test: ${fault}`)
  const covered = new Set(findings.flatMap(({ finding, later }) => (later === '' ? [finding] : [])))
  console.log(
    `findings: ${covered.size} covered by tests, ${findings.filter(({ later }) => later !== '').length} for later`,
  )
  return { covered: covered.size, faults: faults.length }
}
