import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { checkFindings, findingFaults, readFindings, type Finding } from './findings.ts'
import { playwrightTests, vitestTests, type RanTest } from './ran.ts'

const HEAD = 'finding,title,test_file,test_name,later\n'
let folder = ''

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ks-findings-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

function write(name: string, text: string): string {
  const file = path.join(folder, name)
  writeFileSync(file, text)
  return file
}
const finding = (testName: string, testFile = 'a.test.ts'): Finding => ({
  finding: 'x-1',
  title: 'x',
  testFile,
  testName,
  later: '',
})
const ran = (name: string, status: RanTest['status'] = 'passed', file = 'a.test.ts'): RanTest => ({
  file,
  name,
  status,
})

describe('the list of findings', () => {
  test('is read with quotes, commas and line breaks inside of cells', () => {
    const file = write('f.csv', `${HEAD}x-1,"a, ""b""\nc",a.test.ts,it works,\nx-2,later one,,,the next release\n`)
    expect(readFindings(file)).toEqual([
      { ...finding('it works'), title: 'a, "b"\nc' },
      { finding: 'x-2', title: 'later one', testFile: '', testName: '', later: 'the next release' },
    ])
  })

  test.each([
    ['another header', 'finding,title\n'],
    ['a row with too few cells', `${HEAD}x-1,x,a.test.ts\n`],
    ['neither a test nor a reason', `${HEAD}x-1,x,,,\n`],
    ['a test and a reason', `${HEAD}x-1,x,a.test.ts,it works,later\n`],
    ['a file without a name', `${HEAD}x-1,x,a.test.ts,,\n`],
  ])('is rejected with %s', (_what, text) => {
    const file = write('f.csv', text)
    expect(() => readFindings(file)).toThrow(/row \d|first line/)
  })
})

describe('a finding', () => {
  test.each([
    ['has its test', 'it works', [ran('it works')], []],
    ['has its test on both engines', 'it works', [ran('on sqlite > it works'), ran('on mariadb > it works')], []],
    ['stands for many tests', 'each *', [ran('each of 1'), ran('each of 2')], []],
    ['names a test that does not exist', 'it works', [ran('it work')], ['is in no report']],
    ['names a test of another file', 'it works', [ran('it works', 'passed', 'b.test.ts')], ['is in no report']],
    ['has a test that did not run', 'it works', [ran('it works', 'skipped')], ['did not run']],
    ['has a test that failed', 'it works', [ran('it works', 'failed')], ['failed']],
    [
      'fails on one engine',
      'it works',
      [ran('on sqlite > it works'), ran('on mariadb > it works', 'failed')],
      ['failed'],
    ],
    ['is skipped by one browser', 'it works', [ran('it works'), ran('it works', 'skipped')], []],
  ])('%s', (_what, name, tests, faults) => {
    expect(findingFaults([finding(name)], tests, true)).toEqual(faults.map((fault) => expect.stringContaining(fault)))
  })

  test('is no fault where its test did not run and the machine lacks programs, and is one where it failed', () => {
    expect(findingFaults([finding('it works')], [ran('it works', 'skipped')], false)).toEqual([])
    expect(findingFaults([finding('it works')], [], false)).toEqual([])
    expect(findingFaults([finding('it works')], [ran('it works', 'failed')], false)).toHaveLength(1)
  })

  test('that names a missing file is a fault on any machine; one for later is none', () => {
    mkdirSync(path.join(folder, 'docs'))
    write('docs/findings.csv', `${HEAD}x-1,x,gone.test.ts,it works,\nx-2,x,,,the next release\n`)
    expect(checkFindings(folder, [], false)).toEqual({ covered: 1, faults: 1 })
    write('gone.test.ts', '')
    expect(checkFindings(folder, [], false).faults).toBe(0)
    expect(checkFindings(folder, [], true).faults).toBe(1)
  })
})

describe('the tests that ran', () => {
  test('are read from the report of Vitest', () => {
    const file = write(
      'vitest.json',
      JSON.stringify({
        testResults: [
          {
            name: '/top/packages/a.test.ts',
            assertionResults: [
              { ancestorTitles: ['outer', 'inner'], title: 'works', status: 'passed' },
              { ancestorTitles: [], title: 'waits', status: 'pending' },
            ],
          },
        ],
      }),
    )
    expect(vitestTests(file, '/top')).toEqual([
      ran('outer > inner > works', 'passed', 'packages/a.test.ts'),
      ran('waits', 'skipped', 'packages/a.test.ts'),
    ])
  })

  test('are read from the report of Playwright, once for each browser', () => {
    const specs = [
      {
        title: 'works',
        tests: [
          { projectName: 'chromium', status: 'expected' },
          { projectName: 'firefox', status: 'flaky' },
          { status: 'skipped' },
        ],
      },
    ]
    const inner = { title: 'inner', file: 'user/a.spec.ts', specs }
    const suites = [
      {
        title: 'user/a.spec.ts',
        file: 'user/a.spec.ts',
        specs: [{ title: 'breaks', tests: [{ status: 'unexpected' }] }],
        suites: [inner],
      },
    ]
    const file = write('playwright.json', JSON.stringify({ suites }))
    const story = (name: string, status: RanTest['status'], browser?: string): RanTest => ({
      ...ran(name, status, 'e2e/user/a.spec.ts'),
      browser,
    })
    expect(playwrightTests(file, 'e2e')).toEqual([
      story('breaks', 'failed'),
      story('inner > works', 'passed', 'chromium'),
      story('inner > works', 'passed', 'firefox'),
      story('inner > works', 'skipped'),
    ])
  })
})
