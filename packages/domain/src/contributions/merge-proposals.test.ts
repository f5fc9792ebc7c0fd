import { expect, it } from 'vitest'
import { mergeProposals } from './merge-proposals.ts'

const at = { lat: 1, lng: 2 }

it('a place proposed by several riders gets each fact from the majority, the earlier one at a tie', () => {
  const merged = mergeProposals([
    { ...at, capacity: 4, kind: 'bay', covered: true },
    { lat: 1.0001, lng: 2, capacity: 6, kind: 'lot' },
    { ...at, capacity: 6 },
  ])
  expect(merged).toMatchObject({ ...at, capacity: 6, kind: 'bay', covered: true, fee: null, access: null })
  expect(new Set(Object.values(merged.vehicles))).toEqual(new Set(['unknown']))
})
