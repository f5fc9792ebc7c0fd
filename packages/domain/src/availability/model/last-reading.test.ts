import { expect, it } from 'vitest'
import { answerZone } from './answer.ts'
import { createState, type EstimatorState } from './columns.ts'
import { OBSERVED, observeZone, setCapacity, type Observed } from './observe.ts'
import { basePrior } from './prior.ts'

const START = 29_500_000
const ANSWER_SOURCE = { observedAt: START * 60_000, source: 'sensor', reports: 0 } as const

function aZone(
  capacity: number,
  ...observations: readonly (readonly [Observed, number, minute: number])[]
): EstimatorState {
  const state = createState(1, [basePrior()])
  setCapacity(state, 0, capacity)
  for (const [kind, value, minute] of observations) observeZone(state, 0, kind, value, START + minute, 60, 0.15)
  return state
}

function freeAt(state: EstimatorState, capacity: number, minute: number): number {
  return answerZone(state, 0, capacity, START + minute, 60, ANSWER_SOURCE).expectedFree ?? Number.NaN
}

/** Of six spaces five are taken, after a day with one. */
const day = [0, 60, 120, 180].map((minute) => [OBSERVED.reading, 1, minute] as const)
const last = [OBSERVED.reading, 5, 190] as const

it('a small zone is published as its sensor read for half an hour', () => {
  const state = aZone(6, ...day, last)
  expect(freeAt(state, 6, 190)).toBeCloseTo(1, 0)
  expect(freeAt(state, 6, 219)).toBeLessThan(freeAt(state, 6, 221))
})

it('a later sighting by a rider replaces it', () => {
  const state = aZone(6, ...day, last, [OBSERVED.empty, 0, 200])
  expect(freeAt(state, 6, 201)).toBeGreaterThan(freeAt(aZone(6, ...day, last), 6, 201))
})
