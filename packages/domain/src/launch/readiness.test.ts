import { describe, expect, it } from 'vitest'
import type { GateArea, GateKind, GateLevel } from './gate.ts'
import type { GateStatus, JudgedGate } from './judge-gate.ts'
import { judgeView, type PlanLine } from './plan-view.ts'
import { areasOf, blockersOf, selectGates } from './readiness.ts'

function judged(
  id: string,
  status: GateStatus,
  changes: { area?: GateArea; level?: GateLevel; kind?: GateKind } = {},
): JudgedGate {
  const gate = {
    id,
    title: id,
    area: 'testing' as const,
    level: 'must' as const,
    owner: 'quality' as const,
    kind: 'command' as const,
    measurement: 'tests',
    expect: [{ figure: 'failed', equals: 0 }],
    maximumAgeDays: 1,
    since: '2026-11-01',
    failureMeans: 'Something is broken.',
    runbook: 'CONTRIBUTING.md',
    notApplicable: null,
    ...changes,
  }
  return {
    gate,
    status,
    reason: status === 'pass' ? null : `${id} is red.`,
    evidence: null,
    attestation: null,
    waiver: null,
  }
}

describe('areasOf', () => {
  it('counts passed gates only: neither waived ones nor those that do not apply', () => {
    const gates = [judged('a', 'pass'), judged('b', 'waived'), judged('c', 'na'), judged('d', 'fail')]
    expect(areasOf(gates).map(({ id, percent }) => [id, percent])).toEqual([['testing', 33]])
  })

  it('has no percentage where no gate applies, and keeps the order of the areas', () => {
    const gates = [judged('a', 'na', { area: 'support' }), judged('b', 'pass', { area: 'security' })]
    expect(areasOf(gates).map(({ id, percent }) => [id, percent])).toEqual([
      ['security', 100],
      ['support', null],
    ])
  })
})

describe('selectGates', () => {
  it('takes a level with the stronger ones, of the kinds asked for', () => {
    const gates = [
      judged('must', 'pass'),
      judged('should', 'pass', { level: 'should' }),
      judged('could', 'pass', { level: 'could' }),
      judged('human', 'fail', { kind: 'human' }),
    ]
    const ids = (level: GateLevel, kinds: GateKind[]) => selectGates(gates, { level, kinds }).map(({ gate }) => gate.id)
    expect(ids('must', ['command'])).toEqual(['must'])
    expect(ids('should', ['command', 'human'])).toEqual(['must', 'should', 'human'])
    expect(ids('could', ['human'])).toEqual(['human'])
  })
})

it('blockers are open gates of the level must', () => {
  const gates = [
    judged('fails', 'fail'),
    judged('unknown', 'error'),
    judged('waived', 'waived'),
    judged('weaker', 'fail', { level: 'should' }),
  ]
  expect(blockersOf(gates).map(({ gate }) => gate.id)).toEqual(['fails', 'unknown'])
})

describe('a line of a plan', () => {
  const gates = new Map(
    [judged('green', 'pass'), judged('red', 'fail'), judged('waived', 'waived')].map((one) => [one.gate.id, one]),
  )
  const line = (changes: Partial<PlanLine>) => {
    const lines = [{ text: 'load testing', gates: [], later: [], answer: null, ...changes }]
    const view = judgeView({ id: 'v', title: 'V', sections: [{ heading: 'H', lines }] }, gates)
    return view.sections[0]?.lines[0]
  }

  it('is met where all of its gates are', () => {
    expect(line({ gates: ['green'] })).toMatchObject({ isMet: true, because: ['green'] })
    expect(line({ gates: ['green', 'red'] })).toMatchObject({ isMet: false, because: ['green', 'red: red is red.'] })
  })

  it('is open with a waived gate, one that does not exist, or one that comes later', () => {
    expect(line({ gates: ['waived'] })?.isMet).toBe(false)
    expect(line({ gates: ['unknown'] })).toMatchObject({ isMet: false, because: ['unknown: there is no such gate'] })
    expect(line({ gates: ['green'], later: ['Backup'] })).toMatchObject({
      isMet: false,
      because: ['green', 'a gate comes with the issue "Backup"'],
    })
  })

  it('is met by an answer where it only asks where something is', () => {
    expect(line({ answer: 'docs/decisions/0031-fastify.md' })).toMatchObject({ isMet: true })
  })
})
