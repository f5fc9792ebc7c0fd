import { describe, expect, it } from 'vitest'
import type { Attestation, Evidence, Gate, Waiver } from './gate.ts'
import { judgeGate, type GateInput, type JudgeContext } from './judge-gate.ts'

const DAY_MS = 24 * 60 * 60_000
const NOW = Date.UTC(2026, 10, 29, 12)

const GATE: Gate = {
  id: 'api-answers-in-time',
  title: 'The API answers in under 300 ms',
  area: 'performance',
  level: 'must',
  owner: 'quality',
  kind: 'command',
  measurement: 'load',
  expect: [{ figure: 'p95Ms', atMost: 300 }],
  maximumAgeDays: 30,
  since: '2026-11-01',
  failureMeans: 'Riders wait for the list.',
  runbook: 'docs/operating/figures.md',
  notApplicable: null,
}
const EVIDENCE: Evidence = {
  measurement: 'load',
  commit: 'abc',
  measuredAt: NOW - 60_000,
  seconds: 5,
  command: 'npm test',
  machine: '2 cores',
  origin: 'measured',
  figures: { p95Ms: 23 },
}
const HUMAN: Gate = { ...GATE, kind: 'human', measurement: null, expect: [], owner: 'project-lead' }
const SIGNED: Attestation = {
  gate: GATE.id,
  commit: 'abc',
  by: 'Ada',
  duty: 'project-lead',
  signedAt: NOW - 60_000,
  link: 'https://example.org/minutes',
  origin: 'signed',
}
const WAIVER: Waiver = {
  gate: GATE.id,
  owner: 'quality',
  reason: 'The load machine is broken.',
  safeBecause: 'Nothing on the path of a request changed.',
  until: '2026-11-29',
}

const judge = (gate: Gate, input: Partial<GateInput>, context: Partial<JudgeContext> = {}) =>
  judgeGate(
    gate,
    { evidence: null, attestation: null, fault: null, ...input },
    {
      now: NOW,
      commit: 'abc',
      committedAt: NOW - DAY_MS,
      isLong: () => false,
      commandOf: (id) => `measure ${id}`,
      waivers: [],
      ...context,
    },
  )

describe('a gate that a command measures', () => {
  it('passes with evidence at this commit whose figures hold', () => {
    expect(judge(GATE, { evidence: EVIDENCE })).toMatchObject({ status: 'pass', reason: null })
  })

  it.each<[string, Partial<Evidence> | null, 'fail' | 'error', RegExp]>([
    ['no evidence', null, 'error', /not measured at this commit. Run: measure load/],
    ['a figure over its bound', { figures: { p95Ms: 301 } }, 'fail', /p95Ms is 301; expected at most 300/],
    ['a figure that is missing', { figures: {} }, 'fail', /p95Ms was not measured/],
    ['a figure that is no number', { figures: { p95Ms: '23' } }, 'fail', /expected a number/],
    ['a figure that is NaN', { figures: { p95Ms: Number.NaN } }, 'fail', /expected a number/],
    ['evidence of another commit', { commit: 'def' }, 'error', /of commit def/],
    ['evidence of another measurement', { measurement: 'stories' }, 'error', /of stories/],
    ['evidence from before its commit', { measuredAt: NOW - 2 * DAY_MS }, 'error', /older than the commit/],
    ['evidence from the future', { measuredAt: NOW + DAY_MS }, 'error', /clock is wrong/],
    ['evidence past its age', { measuredAt: NOW - 31 * DAY_MS }, 'error', /31 days old; expected at most 30/],
  ])('is red with %s', (_, changes, status, reason) => {
    const evidence = changes === null ? null : { ...EVIDENCE, ...changes }
    const judged = judge(GATE, { evidence })
    expect(judged.status).toBe(status)
    expect(judged.reason).toMatch(reason)
  })

  it('accepts evidence of an earlier commit only if its measurement takes hours', () => {
    const evidence = { ...EVIDENCE, commit: 'def', measuredAt: NOW - 5 * DAY_MS }
    expect(judge(GATE, { evidence }).status).toBe('error')
    expect(judge(GATE, { evidence }, { isLong: (id) => id === 'load' }).status).toBe('pass')
  })

  it('is an error with its fault, whatever its evidence says', () => {
    const fault = 'Its digest is wrong: somebody has edited the file.'
    expect(judge(GATE, { evidence: EVIDENCE, fault })).toMatchObject({ status: 'error', reason: fault })
  })

  it('is waived until the end of the last day, and only where it is red', () => {
    const waivers = [WAIVER]
    expect(judge(GATE, {}, { waivers })).toMatchObject({ status: 'waived', waiver: WAIVER })
    expect(judge(GATE, { evidence: EVIDENCE }, { waivers }).status).toBe('pass')
    const evening = Date.UTC(2026, 10, 29, 23, 59, 59, 999)
    expect(judge(GATE, {}, { waivers, now: evening }).status).toBe('waived')
    expect(judge(GATE, {}, { waivers, now: evening + 1 }).status).toBe('error')
  })

  it('does not apply where its reason says so', () => {
    expect(judge({ ...GATE, notApplicable: 'There is no API.' }, {})).toMatchObject({ status: 'na' })
  })
})

describe('a gate that a person fills', () => {
  it('passes with the signature of its owner for this commit', () => {
    expect(judge(HUMAN, { attestation: SIGNED }).status).toBe('pass')
  })

  it.each<[string, Attestation | null, RegExp]>([
    ['nobody has signed', null, /It is not signed. project-lead signs it in launch.attestations.api-answers-in-time/],
    ['it was rehearsed', { ...SIGNED, origin: 'rehearsal' }, /only rehearsed/],
    ['another duty signed', { ...SIGNED, duty: 'writer' }, /duty writer signed it; expected project-lead/],
    ['another commit was signed', { ...SIGNED, commit: 'def' }, /signed for commit def/],
    ['the signature is too old', { ...SIGNED, signedAt: NOW - 31 * DAY_MS }, /31 days old/],
    ['the signature is from the future', { ...SIGNED, signedAt: NOW + DAY_MS }, /clock is wrong/],
  ])('is red where %s', (_, attestation, reason) => {
    const judged = judge(HUMAN, { attestation })
    expect(judged.status).toBe('fail')
    expect(judged.reason).toMatch(reason)
  })

  it('is not met by figures', () => {
    expect(judge(HUMAN, { evidence: EVIDENCE }).status).toBe('fail')
  })
})
