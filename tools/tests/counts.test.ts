import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { playwrightCounts, totalLine, vitestCounts } from './counts.ts'

let folder = ''

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ks-counts-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

function report(content: unknown): string {
  const file = path.join(folder, 'report.json')
  writeFileSync(file, JSON.stringify(content))
  return file
}

describe('counts', () => {
  test('of Vitest: a file that could not be loaded is one failure', () => {
    const file = report({
      numPassedTests: 5,
      numFailedTests: 1,
      numPendingTests: 2,
      numTodoTests: 0,
      testResults: [
        { status: 'failed', assertionResults: [{ status: 'failed' }, { status: 'passed' }] },
        { status: 'failed', assertionResults: [] },
        { status: 'passed', assertionResults: [{ status: 'passed' }] },
      ],
    })
    expect(vitestCounts(file)).toEqual({ passed: 5, failed: 2, skipped: 2 })
  })

  test('of Playwright: an error outside any story is a failure', () => {
    const stats = { expected: 3, unexpected: 0, flaky: 1, skipped: 0 }
    expect(playwrightCounts(report({ stats, errors: [] }))).toEqual({ passed: 4, failed: 0, skipped: 0 })
    expect(playwrightCounts(report({ stats, errors: [{}] }))).toEqual({ passed: 4, failed: 1, skipped: 0 })
  })

  test('are printed in one line', () => {
    expect(totalLine({ passed: 12, failed: 0, skipped: 0 })).toBe('12 passed, 0 failed')
    expect(totalLine({ passed: 12, failed: 1, skipped: 3 })).toBe('12 passed, 1 failed, 3 skipped')
  })
})
