import { expect, it } from 'vitest'
import { UNKNOWN_FACTS } from '#zones/zone.ts'
import { chooseQuestion } from './choose-question.ts'

const none = { unconfirmed: new Set<string>(), answered: new Set<string>() }

it('asks what is unknown, the most useful first, and nothing twice', () => {
  const zone = { ...UNKNOWN_FACTS, kind: 'lot' as const }
  expect(chooseQuestion({ ...none, zone })).toBe('capacity')
  expect(chooseQuestion({ ...none, zone: { ...zone, capacity: 4 } })).toBe('covered')
  expect(chooseQuestion({ ...none, zone, answered: new Set(['capacity', 'covered']) })).toBe('anchors')
})

it('asks nothing that follows from the kind of zone', () => {
  const zone = { ...UNKNOWN_FACTS, capacity: 3, anchors: true, surveillance: false }
  expect(chooseQuestion({ ...none, zone: { ...zone, kind: 'bay', lit: true } })).toBeNull()
  expect(chooseQuestion({ ...none, zone: { ...zone, kind: 'garage', charging: false } })).toBeNull()
  expect(chooseQuestion({ ...none, zone: { ...zone, kind: null, lit: true } })).toBe('covered')
})

it('first asks about a statement of another rider, also where a value is known', () => {
  const zone = { ...UNKNOWN_FACTS, kind: 'bay' as const, covered: false }
  expect(chooseQuestion({ ...none, zone, unconfirmed: new Set(['covered', 'gone']) })).toBe('gone')
  expect(chooseQuestion({ zone, unconfirmed: new Set(['covered']), answered: new Set() })).toBe('covered')
  expect(chooseQuestion({ zone, unconfirmed: new Set(['covered']), answered: new Set(['covered']) })).toBe('capacity')
})
