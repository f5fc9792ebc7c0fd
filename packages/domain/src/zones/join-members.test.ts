import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { distance } from '../geo/great-circle.ts'
import { everyVehicle } from '../vehicles/vehicle.ts'
import { joinMembers } from './join-members.ts'
import { runsOf } from './member-runs.ts'
import type { SourceZone } from './source-zone.ts'
import { UNKNOWN_FACTS, type ZoneFacts } from './zone.ts'

function member(ref: string, lat: number, lng: number, facts: Partial<ZoneFacts> = {}): SourceZone {
  return { ref, facts: { ...UNKNOWN_FACTS, vehicles: everyVehicle('unknown'), lat, lng, ...facts } }
}

const M = 1 / 111_195
const BLOCK = [0, 2, 4, 6, 8].map((m) => member(`m${m}`, 37.78 + m * M, -122.4, { name: `${m} Main`, fee: 'paid' }))

describe('joinMembers', () => {
  it('makes a line along the meters, with its point in their middle', () => {
    const { ref, facts } = joinMembers('seg', BLOCK)
    expect(ref).toBe('seg')
    expect(facts).toMatchObject({
      capacity: 5,
      name: '4 Main',
      fee: 'paid',
      lng: -122.4,
      outline: { type: 'LineString' },
    })
    expect(facts.lat).toBeCloseTo(37.78 + 4 * M, 6)
  })

  it('keeps of other facts what all agree on', () => {
    const odd = member('x', 37.78, -122.4, { fee: 'free', capacity: 3, vehicles: everyVehicle('yes') })
    const { facts } = joinMembers('seg', [...BLOCK, odd])
    expect(facts).toMatchObject({ fee: null, capacity: 8, vehicles: everyVehicle('unknown') })
  })

  it('is a point where there is one meter, or all stand in one place', () => {
    expect(joinMembers('a', [member('a', 1, 2)]).facts).toMatchObject({ lat: 1, lng: 2, outline: null, capacity: 1 })
  })

  it('does not depend on the order of members', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(BLOCK, { minLength: BLOCK.length }), (shuffled) => {
        expect(joinMembers('seg', shuffled)).toEqual(joinMembers('seg', BLOCK))
      }),
    )
  })
})

describe('runsOf', () => {
  it('splits where the gap is wider', () => {
    const far = member('far', 37.781, -122.4)
    expect(runsOf([...BLOCK, far], 3).map((run) => run.length)).toEqual([5, 1])
    expect(runsOf(BLOCK, 1).map((run) => run.length)).toEqual([1, 1, 1, 1, 1])
    expect(runsOf([], 3)).toEqual([])
  })

  it('gives the runs that comparing all with all gives', () => {
    const place = fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 60 }))
    fc.assert(
      fc.property(fc.array(place, { maxLength: 40 }), (places) => {
        const members = places.map(([x, y], i) => member(String(i), 45 + x * M, 7 + y * M))
        const runs = runsOf(members, 10)
        expect(runs.flat().toSorted(byRef)).toEqual(members.toSorted(byRef))
        const runOf = new Map(runs.flatMap((run, i) => run.map((one) => [one.ref, i])))
        for (const a of members) {
          for (const b of members) {
            if (distance(a.facts.lat, a.facts.lng, b.facts.lat, b.facts.lng) > 10) continue
            expect(runOf.get(a.ref)).toBe(runOf.get(b.ref))
          }
        }
        // Runs are not larger than needed: each member is near another one of its run.
        for (const run of runs.filter((one) => one.length > 1)) {
          for (const a of run) {
            const near = run.filter(
              (b) => b !== a && distance(a.facts.lat, a.facts.lng, b.facts.lat, b.facts.lng) <= 10,
            )
            expect(near.length).toBeGreaterThan(0)
          }
        }
      }),
    )
  })
})

function byRef(a: SourceZone, b: SourceZone): number {
  return a.ref < b.ref ? -1 : 1
}
