import { describe, expect, it } from 'vitest'
import type { Gate } from '../../packages/domain/src/index.ts'
import { contradictions } from './print-readiness.ts'

const GATE: Gate = {
  id: 'tests-pass',
  title: 'All tests pass',
  area: 'testing',
  level: 'must',
  owner: 'quality',
  kind: 'command',
  measurement: 'tests',
  expect: [{ figure: 'failed', equals: 0 }],
  maximumAgeDays: 30,
  since: '2026-11-01',
  failureMeans: 'Something is broken.',
  runbook: 'CONTRIBUTING.md',
  notApplicable: null,
}
const left = (failed: number, commit = 'abc') => ({ commit, figures: { tests: { failed } } })
const judged = (status: string) => ({ commit: 'abc', areas: [{ gates: [{ id: 'tests-pass', status }] }] })

describe('readiness', () => {
  it.each([
    [0, 'pass'],
    [1, 'fail'],
    [1, 'waived'],
  ])('agrees with a run with %i failures if it says %s', (failed, status) => {
    expect(contradictions([GATE], left(failed), judged(status))).toEqual([])
  })

  it.each([
    [1, 'pass'],
    [1, 'error'],
    [0, 'fail'],
    [0, 'error'],
    [0, 'waived'],
  ])('contradicts a run with %i failures if it says %s', (failed, status) => {
    expect(contradictions([GATE], left(failed), judged(status))).toEqual([
      expect.stringContaining(`says ${status} of the gate tests-pass`),
    ])
  })

  it('contradicts a run if it does not judge its gate', () => {
    expect(contradictions([GATE], left(0), { commit: 'abc', areas: [] })).toHaveLength(1)
  })

  it('is not compared for what this run did not measure, nor once files have changed', () => {
    expect(contradictions([{ ...GATE, measurement: 'load' }], left(0), judged('error'))).toEqual([])
    expect(contradictions([GATE], left(0, 'def'), judged('error'))).toEqual([])
  })
})
