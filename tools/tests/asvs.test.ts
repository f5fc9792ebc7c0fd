import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ROOT } from '../steps.ts'
import { ASVS_LIST, asvsFaults, readRequirements, REQUIREMENT_IDS, type Requirement } from './asvs.ts'
import type { RanTest } from './ran.ts'

const HEAD = 'id,level,requirement,status,file,name,reason\n'
let folder = ''

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ks-asvs-'))
  mkdirSync(path.join(folder, 'docs'))
  writeFileSync(path.join(folder, 'a.test.ts'), '')
  writeFileSync(path.join(folder, 'docs/a.md'), '# Passwords\n\n## What is rejected\n')
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

const others: Requirement[] = REQUIREMENT_IDS.slice(1).map((id) => ({
  id,
  level: '1',
  requirement: 'x',
  status: 'missing',
  file: '',
  name: '',
  reason: 'later',
}))
const met = (file: string, name: string): Requirement[] => [
  { id: REQUIREMENT_IDS[0], level: '1', requirement: 'x', status: 'met', file, name, reason: '' },
  ...others,
]
const ran = (status: RanTest['status']): RanTest[] => [{ file: 'a.test.ts', name: 'on sqlite > it works', status }]

describe('the list of requirements', () => {
  test('has all of them, and each names evidence that exists', () => {
    // Whether the tests pass is checked after a run of all tests.
    expect(asvsFaults(ROOT, readRequirements(path.join(ROOT, ASVS_LIST)), [], false)).toEqual([])
  })

  test.each([
    ['another header', 'id,level\n'],
    ['too few cells', `${HEAD}V6.1.1,1,x,met\n`],
    ['a level that is none', `${HEAD}V6.1.1,3,x,met,a.test.ts,it works,\n`],
    ['a status that is none', `${HEAD}V6.1.1,1,x,done,a.test.ts,it works,\n`],
    ['nothing that shows that it is met', `${HEAD}V6.1.1,1,x,met,,,trust us\n`],
    ['no reason', `${HEAD}V6.1.1,1,x,not-applicable,,,\n`],
    ['a test of what is missing', `${HEAD}V6.1.1,1,x,missing,a.test.ts,it works,later\n`],
  ])('is rejected with %s', (_what, text) => {
    const file = path.join(folder, 'list.csv')
    writeFileSync(file, text)
    expect(() => readRequirements(file)).toThrow(/row 2|first line/)
  })

  test('without one of them is a fault', () => {
    expect(asvsFaults(folder, others, [], false)).toEqual([`${REQUIREMENT_IDS[0]}: is not in the list`])
  })
})

describe('evidence', () => {
  test.each([
    ['a test that passed', met('a.test.ts', 'it works'), ran('passed'), 0],
    ['a test that failed', met('a.test.ts', 'it works'), ran('failed'), 1],
    ['a test that did not run', met('a.test.ts', 'it works'), ran('skipped'), 1],
    ['a test that does not exist', met('a.test.ts', 'it sings'), ran('passed'), 1],
    ['a file that does not exist', met('b.test.ts', 'it works'), ran('passed'), 1],
    ['a heading of a document', met('docs/a.md', 'What is rejected'), [], 0],
    ['a heading that does not exist', met('docs/a.md', 'What is stored'), [], 1],
  ])('that is %s', (_what, requirements, tests, faults) => {
    expect(asvsFaults(folder, requirements, tests, true)).toHaveLength(faults)
  })
})
