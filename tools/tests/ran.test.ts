import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { failureLines, playwrightTests, vitestTests } from './ran.ts'

function withReport<T>(report: unknown, read: (file: string) => T): T {
  const folder = mkdtempSync(path.join(tmpdir(), 'ks-ran-'))
  try {
    const file = path.join(folder, 'report.json')
    writeFileSync(file, JSON.stringify(report))
    return read(file)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

test('failed tests are listed with the first lines of their error, those of both runners', () => {
  const failed = { ancestorTitles: ['on sqlite'], title: 'adds', status: 'failed' }
  const unit = {
    testResults: [
      { name: '/top/a.test.ts', assertionResults: [{ ...failed, failureMessages: ['1 ≠ 2\nat a.ts:1\nat b.ts:1'] }] },
    ],
  }
  expect(
    failureLines(
      withReport(unit, (file) => vitestTests(file, '/top')),
      2,
    ),
  ).toEqual(['failed: a.test.ts > on sqlite > adds\n  1 ≠ 2\n  at a.ts:1'])
  const results = [{ error: { message: 'not visible' } }, { error: { message: 'not visible again' } }]
  const specs = [
    { title: 'opens', tests: [{ status: 'unexpected', results }] },
    { title: 'closes', tests: [{ status: 'flaky', results: [results[0], {}] }] },
  ]
  const stories = { suites: [{ title: 'b.spec.ts', file: 'b.spec.ts', specs }] }
  expect(failureLines(withReport(stories, (file) => playwrightTests(file, 'e2e')))).toEqual([
    'failed: e2e/b.spec.ts > opens\n  not visible again',
  ])
})
