import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { csvRows } from './csv-rows.ts'
import { faultOfTest } from './named-test.ts'
import type { RanTest } from './ran.ts'

export const ASVS_LIST = 'docs/security/asvs.csv'

/**
 * One line of the list: a requirement of OWASP ASVS 5.0 in our words and one piece of evidence. A requirement that is met names
 * a test, or, where it requires documentation, a document (`.md`) and its heading; it has a line for each. Others have a reason.
 */
export type Requirement = {
  readonly id: string
  readonly level: '1' | '2'
  readonly requirement: string
  readonly status: 'met' | 'not-applicable' | 'missing'
  readonly file: string
  readonly name: string
  readonly reason: string
}

const HEADER = 'id,level,requirement,status,file,name,reason'

/** Requirements of levels 1 and 2 by section, in the chapters V6 to V9; they are numbered from 1. */
const SECTIONS = {
  'V6.1': 3,
  'V6.2': 12,
  'V6.3': 4,
  'V6.4': 4,
  'V6.5': 5,
  'V6.6': 3,
  'V6.8': 4,
  'V7.1': 3,
  'V7.2': 4,
  'V7.3': 2,
  'V7.4': 5,
  'V7.5': 2,
  'V7.6': 2,
  'V8.1': 2,
  'V8.2': 3,
  'V8.3': 1,
  'V8.4': 1,
  'V9.1': 3,
  'V9.2': 4,
}

/** The ids that the list must have. */
export const REQUIREMENT_IDS: readonly string[] = Object.entries(SECTIONS).flatMap(([section, count]) =>
  Array.from({ length: count }, (_, i) => `${section}.${i + 1}`),
)

/** Reads the list. Throws for a row that is incomplete or contradicts itself; the message names the row. */
export function readRequirements(file: string): Requirement[] {
  const [head = '', ...rows] = csvRows(readFileSync(file, 'utf8'))
  if (head.toString() !== HEADER) throw new Error(`${file}: the first line must be ${HEADER}`)
  return rows.map((row, i) => {
    const [id = '', level = '', requirement = '', status = '', evidence = '', name = '', reason = ''] = row
    const fail = (expected: string): Error => new Error(`${file}, row ${i + 2} (${id}): expected ${expected}`)
    if (row.length !== 7 || requirement === '') throw fail('seven cells, with the requirement in our words')
    if (level !== '1' && level !== '2') throw fail('level 1 or 2')
    if (status !== 'met' && status !== 'not-applicable' && status !== 'missing')
      throw fail('met, not-applicable or missing')
    const isProven = evidence !== '' && name !== ''
    if (status === 'met' ? !isProven : reason === '' || evidence !== '' || name !== '')
      throw fail('a file and a name where it is met, else a reason only')
    return { id, level, requirement, status, file: evidence, name, reason }
  })
}

/** The faults of a list, one line each: a missing id, and evidence that does not exist, failed or did not run. */
export function asvsFaults(
  root: string,
  requirements: readonly Requirement[],
  ran: readonly RanTest[],
  isComplete: boolean,
): string[] {
  const listed = new Set(requirements.map(({ id }) => id))
  const absent = REQUIREMENT_IDS.filter((id) => !listed.has(id)).map((id) => `${id}: is not in the list`)
  const unknown = [...listed].filter((id) => !REQUIREMENT_IDS.includes(id)).map((id) => `${id}: is no requirement`)
  const faults = requirements.flatMap(({ id, status, file, name }) => {
    if (status !== 'met') return []
    const fault = faultOfEvidence(root, file, name, ran, isComplete)
    return fault === null ? [] : [`${id}: ${file} > ${name}: ${fault}`]
  })
  return [...absent, ...unknown, ...faults]
}

function faultOfEvidence(
  root: string,
  file: string,
  name: string,
  ran: readonly RanTest[],
  isComplete: boolean,
): string | null {
  const place = path.join(root, file)
  if (!existsSync(place)) return 'there is no such file'
  if (!file.endsWith('.md')) return faultOfTest(ran, file, name, isComplete)
  const headings = readFileSync(place, 'utf8').matchAll(/^#+ (.+)$/gm)
  return [...headings].some(([, heading]) => heading === name) ? null : 'there is no such heading'
}

type AsvsFigures = {
  readonly met: number
  readonly notApplicable: number
  readonly missing: number
  readonly faults: number
}

/** Checks the list against the tests that ran, and prints each fault. */
export function checkAsvs(root: string, ran: readonly RanTest[], isComplete: boolean): AsvsFigures {
  const requirements = readRequirements(path.join(root, ASVS_LIST))
  const faults = asvsFaults(root, requirements, ran, isComplete)
  for (const fault of faults) console.log(`ASVS requirement without its evidence: ${fault}`)
  const count = (status: Requirement['status']): number =>
    new Set(requirements.filter((one) => one.status === status).map(({ id }) => id)).size
  const figures = {
    met: count('met'),
    notApplicable: count('not-applicable'),
    missing: count('missing'),
    faults: faults.length,
  }
  const { met, notApplicable, missing } = figures
  console.log(`ASVS: ${met} met, ${notApplicable} not applicable, ${missing} missing of ${REQUIREMENT_IDS.length}`)
  return figures
}
