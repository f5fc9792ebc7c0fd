import type { Observation } from '@kickstand/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createEstimates, OBSERVATIONS_KEPT_MS } from './estimates.ts'

const NOON = Date.UTC(2026, 2, 4, 12)
const MINUTE = 60_000

const observation: fc.Arbitrary<Observation> = fc
  .record({
    // Few ids and times, so that the same moment and the same report come twice.
    id: fc.integer({ min: 0, max: 30 }).map((n) => `r${n}`),
    count: fc.integer({ min: 0, max: 12 }),
  })
  .map(({ id, count }) => ({ id, count, at: NOON - (Number(id.slice(1)) % 7) * MINUTE, kind: 'count', level: null }))

const unique = fc.uniqueArray(observation, { selector: ({ id }) => id, minLength: 1, maxLength: 15 })
const shuffledFrom = (all: readonly Observation[], turn: number): Observation[] =>
  all
    .map((one, i) => ({ one, key: (i * 7_919 + turn) % 101 }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ one }) => one)

describe('estimates of the board', () => {
  it('do not depend on the order in which reports arrive, nor on hearing of one twice', () => {
    fc.assert(
      fc.property(unique, fc.nat(100), fc.nat(14), (all, turn, again) => {
        const [one, other] = [createEstimates(), createEstimates()]
        for (const seen of all) one.add(0, 10, seen)
        const shuffled = shuffledFrom(all, turn)
        for (const seen of [...shuffled, ...shuffled.slice(0, again)]) other.add(0, 10, seen)
        expect(other.at(0, 10, NOON)).toEqual(one.at(0, 10, NOON))
        expect(other.at(0, 10, NOON).reports).toBe(all.length)
      }),
    )
  })

  it('are as if a report had never been once it is taken back, also when that is heard of first', () => {
    fc.assert(
      fc.property(unique, fc.nat(100), (all, turn) => {
        const [kept, gone] = [all.slice(0, all.length / 2), all.slice(all.length / 2)]
        const [expected, after, before] = [createEstimates(), createEstimates(), createEstimates()]
        for (const seen of kept) expected.add(0, 10, seen)
        for (const seen of shuffledFrom(all, turn)) after.add(0, 10, seen)
        for (const { id } of gone) expect(after.retract(0, 10, id)).toBe(true)
        for (const { id } of gone) before.refuse(id)
        for (const seen of shuffledFrom(all, turn)) before.add(0, 10, seen)
        expect(after.at(0, 10, NOON)).toEqual(expected.at(0, 10, NOON))
        expect(before.at(0, 10, NOON)).toEqual(expected.at(0, 10, NOON))
      }),
    )
  })

  it('keep the rows apart, beyond any size they were made for', () => {
    const estimates = createEstimates()
    const seen: Observation = { id: 'a', at: NOON, kind: 'count', count: 3, level: null }
    for (const row of [0, 1_500, 70_000]) expect(estimates.add(row, 10, seen)).toBe(true)
    expect(estimates.retract(1_500, 10, 'a')).toBe(true)
    expect(estimates.retract(1_500, 10, 'a')).toBe(false)
    expect([0, 1, 1_500, 70_000, 900_000].map((row) => estimates.isObserved(row))).toEqual([
      true,
      false,
      false,
      true,
      false,
    ])
    expect(estimates.at(1_500, 10, NOON).state).toBe('unknown')
    expect(estimates.at(900_000, 10, NOON).state).toBe('unknown')
    expect(estimates.at(70_000, 10, NOON)).toEqual(estimates.at(0, 10, NOON))
  })

  it('fold again when the capacity turns out to be another, and forget', () => {
    const [one, other] = [createEstimates(), createEstimates()]
    const seen: Observation = { id: 'a', at: NOON, kind: 'count', count: 3, level: null }
    one.add(0, 4, seen)
    one.refold(0, 40)
    other.add(0, 40, seen)
    expect(one.at(0, 40, NOON)).toEqual(other.at(0, 40, NOON))
    one.forget(0)
    expect(one.at(0, 40, NOON)).toMatchObject({ state: 'unknown', reports: 0 })
    expect(one.isObserved(0)).toBe(false)
  })

  it('drop what is older than a day and count it no more', () => {
    const estimates = createEstimates()
    const old = NOON - OBSERVATIONS_KEPT_MS - 1
    const seen = (id: string, at: number): Observation => ({ id, at, kind: 'count', count: 3, level: null })
    for (const one of [seen('a', old), seen('b', NOON)]) estimates.add(0, 10, one)
    estimates.add(1, 10, seen('c', old))
    expect(estimates.dropBefore(NOON - OBSERVATIONS_KEPT_MS)).toBe(2)
    expect(estimates.dropBefore(NOON - OBSERVATIONS_KEPT_MS)).toBe(0)
    expect(estimates.at(0, 10, NOON).reports).toBe(1)
    expect([0, 1].map((row) => estimates.isObserved(row))).toEqual([true, false])
  })

  it('do not let retractions of what never came grow without end', () => {
    const estimates = createEstimates()
    for (let i = 0; i < 10_001; i += 1) estimates.refuse(`r${i}`)
    const seen = (id: string): Observation => ({ id, at: NOON, kind: 'count', count: 3, level: null })
    expect(estimates.add(0, 10, seen('r10000'))).toBe(false)
    expect(estimates.add(0, 10, seen('r0'))).toBe(true)
  })
})
