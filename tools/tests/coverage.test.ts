import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ROOT } from '../steps.ts'
import { COVERED, LEFT_OUT, NO_CODE } from './coverage-files.ts'
import { coverageFigures, coverageLine, folderCoverage } from './coverage.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ks-coverage-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

function summary(content: unknown): string {
  const file = path.join(folder, 'coverage-summary.json')
  writeFileSync(file, JSON.stringify(content))
  return file
}
const shares = (lines: [number, number], branches: [number, number]) => ({
  lines: { covered: lines[0], total: lines[1] },
  branches: { covered: branches[0], total: branches[1] },
})

describe('coverage', () => {
  test('is the share of all lines and branches of a folder, not the mean of its files', () => {
    const covered = folderCoverage(
      summary({
        total: shares([105, 130], [1, 2]),
        '/x/packages/domain/src/a.ts': shares([100, 100], [3, 4]),
        '/x/packages/domain/src/b.ts': shares([2, 20], [0, 4]),
        '/x/apps/rider/src/c.ts': shares([3, 10], [0, 0]),
      }),
    )
    expect(covered.map(({ id, lines, branches }) => [id, Math.round(lines), branches])).toEqual([
      ['domain', 85, 37.5],
      ['ingest', 0, 0],
      ['backend', 0, 0],
      ['rider', 30, 100],
      ['console', 0, 0],
    ])
    expect(covered.map(coverageLine)).toContain(
      'coverage: 85.0 % of the lines (at least 90 %), 37.5 % of the branches in packages/domain/src',
    )
  })

  test('is rounded down, so that a little too little is not enough', () => {
    const covered = folderCoverage(summary({ '/x/packages/backend/src/a.ts': shares([8997, 10_000], [9000, 10_000]) }))
    expect(coverageFigures(covered)).toMatchObject({ backendLines: 89.9, backendBranches: 90 })
  })

  test('was not measured without a summary', () => {
    expect(coverageFigures(folderCoverage(path.join(folder, 'no.json')))).toEqual({})
  })
})

test('at most 2 % of the lines of a folder are left out, each with a reason', () => {
  const lines = new Map<string, { all: number; left: number }>()
  const measured = globSync(COVERED, { cwd: ROOT, exclude: NO_CODE })
  for (const file of measured) {
    const [place = ''] = /^[^/]+\/[^/]+/.exec(file) ?? []
    const count = readFileSync(path.join(ROOT, file), 'utf8').split('\n').length
    const { all, left } = lines.get(place) ?? { all: 0, left: 0 }
    lines.set(place, { all: all + count, left: left + (file in LEFT_OUT ? count : 0) })
  }
  for (const [file, reason] of Object.entries(LEFT_OUT)) {
    expect(measured).toContain(file)
    expect(reason.length).toBeGreaterThan(20)
  }
  for (const [place, { all, left }] of lines) expect(left / all, place).toBeLessThanOrEqual(0.02)
})
