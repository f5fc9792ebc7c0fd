import { describe, expect, it } from 'vitest'
import { LEVELS } from '../reports/report.ts'
import { freeOfState, freeOfLevel, stateOfFree } from './free-states.ts'
import { answerOutlook } from './model/answer.ts'
import { createOutlooks, OUTLOOK, OUTLOOK_TIME } from './model/outlook.ts'

const CAPACITIES = Array.from({ length: 100 }, (_, i) => i + 1)
const upTo = (capacity: number): number[] => Array.from({ length: capacity + 1 }, (_, free) => free)

describe('states of free spaces, for every capacity from 1 to 100', () => {
  it('are full for no free space, and never decrease with more free spaces', () => {
    for (const capacity of CAPACITIES) {
      const ranks = upTo(capacity).map((free) => LEVELS.toReversed().indexOf(stateOfFree(free, capacity)))
      expect(ranks[0]).toBe(0)
      expect(ranks[1]).toBe(1)
      expect(ranks).toEqual(ranks.toSorted((a, b) => a - b))
      expect(stateOfFree(capacity, capacity)).toBe(capacity >= 3 ? 'plenty' : capacity === 2 ? 'some' : 'few')
    }
  })

  it('are the same as those of a certain estimate', () => {
    const outlooks = createOutlooks(1)
    outlooks.times[OUTLOOK_TIME.at] = 1
    for (const capacity of CAPACITIES) {
      for (const free of upTo(capacity)) {
        outlooks.numbers[OUTLOOK.capacity] = capacity
        outlooks.numbers[OUTLOOK.usual] = 1 - free / capacity
        outlooks.numbers[OUTLOOK.usualVariance] = 1e-8
        const answerSource = { observedAt: 0, source: 'rider', reports: 1 } as const
        expect([capacity, free, answerOutlook(outlooks, 0, capacity, 2, answerSource).state]).toEqual([
          capacity,
          free,
          stateOfFree(free, capacity),
        ])
      }
    }
  })

  it('have ranges that cover all numbers of free spaces without overlap', () => {
    for (const capacity of CAPACITIES) {
      for (const state of LEVELS) {
        const range = freeOfState(state, capacity)
        const those = upTo(capacity).filter((free) => stateOfFree(free, capacity) === state)
        expect(range).toEqual(those.length === 0 ? null : { low: those[0], high: those.at(-1) })
      }
    }
  })

  it('have a range for every level that a rider may report', () => {
    for (const capacity of CAPACITIES) {
      for (const level of LEVELS) {
        const { low, high } = freeOfLevel(level, capacity)
        expect(low).toBeLessThanOrEqual(high)
        expect(low).toBeGreaterThanOrEqual(level === 'full' ? 0 : 1)
        expect(high).toBeLessThanOrEqual(level === 'full' ? 0 : capacity)
      }
    }
  })
})
