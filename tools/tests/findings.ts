import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { NOTHING, type Counts } from './counts.ts'
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
const CELL = /(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n|$)/y

/** Reads the list. Throws for a row without five cells, or with neither a test nor `later`; the message names the row. */
export function readFindings(file: string): Finding[] {
  const [head = '', ...rows] = rowsOf(readFileSync(file, 'utf8'))
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

function rowsOf(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  CELL.lastIndex = 0
  while (CELL.lastIndex < text.length) {
    const cell = CELL.exec(text)
    if (cell === null) throw new Error(`row ${rows.length + 1} is not CSV`)
    row.push(cell[1]?.replaceAll('""', '"') ?? cell[2] ?? '')
    if (cell[3] === ',') continue
    rows.push(row)
    row = []
  }
  return rows
}

/** Suites that run the same tests on each database. A finding may name the test without this prefix. */
const ENGINE = /^on (?:sqlite|mariadb) > /

/**
 * The faults of a list, one line each: a named test is in no report, failed or did not run. A name that ends with `*` matches all
 * names with that prefix. `isComplete` is false where the machine lacks programs; a test that did not run is then no fault.
 */
export function findingFaults(findings: readonly Finding[], ran: readonly RanTest[], isComplete: boolean): string[] {
  const byFile = Map.groupBy(ran, ({ file }) => file)
  return findings.flatMap(({ finding, testFile, testName, later }) => {
    if (later !== '') return []
    const named = (byFile.get(testFile) ?? []).filter(({ name }) => isNamed(testName, name))
    const fault = faultOf(named, isComplete)
    return fault === null ? [] : [`${finding}: ${testFile} > ${testName}: ${fault}`]
  })
}

function isNamed(pattern: string, name: string): boolean {
  return [name, name.replace(ENGINE, '')].some((one) =>
    pattern.endsWith('*') ? one.startsWith(pattern.slice(0, -1)) : one === pattern,
  )
}

function faultOf(named: readonly RanTest[], isComplete: boolean): string | null {
  if (named.some(({ status }) => status === 'failed')) return 'failed'
  if (named.some(({ status }) => status === 'passed')) return null
  if (!isComplete) return null
  return named.length === 0 ? 'is in no report; correct the name in docs/findings.csv' : 'did not run'
}

/** Checks the list against the tests that ran, prints each fault and counts it. */
export function checkFindings(root: string, ran: readonly RanTest[], isComplete: boolean): Counts {
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
  return { ...NOTHING, failed: faults.length }
}
