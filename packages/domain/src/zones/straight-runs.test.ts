import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { distance } from '../geo/great-circle.ts'
import { everyVehicle } from '../vehicles/vehicle.ts'
import type { SourceZone } from './source-zone.ts'
import { ROW_LENGTH_M, ROW_WIDTH_M, straightRuns } from './straight-runs.ts'
import { UNKNOWN_FACTS } from './zone.ts'

const M = 1 / 111_195
const EAST = M / Math.cos((25 * Math.PI) / 180)

function space(ref: string, east: number, north: number): SourceZone {
  const place = { lat: 25 + north * M, lng: 121.5 + east * EAST }
  return { ref, facts: { ...UNKNOWN_FACTS, vehicles: everyVehicle('unknown'), ...place } }
}

function row(name: string, count: number, at: (i: number) => readonly [number, number]): SourceZone[] {
  return Array.from({ length: count }, (_, i) => space(`${name}${String(i).padStart(3, '0')}`, ...at(i)))
}

const refs = (runs: readonly (readonly SourceZone[])[]): string[] =>
  runs
    .map((run) =>
      run
        .map(({ ref }) => ref)
        .toSorted()
        .join(),
    )
    .toSorted()

describe('spaces without the name of a street', () => {
  it('are one zone where they follow on each other in one direction', () => {
    expect(straightRuns(row('a', 20, (i) => [i, i]))).toHaveLength(1)
  })

  it('are two round a corner', () => {
    const corner = [...row('a', 20, (i) => [i * 1.2, 0]), ...row('b', 20, (i) => [24, (i + 1) * 1.2])]
    const lengths = straightRuns(corner).map((run) => run.length)
    expect(lengths).toHaveLength(2)
    // The space in the corner belongs to either.
    expect(Math.min(...lengths)).toBeGreaterThanOrEqual(19)
  })

  it('are two across a street, and two with a gap between', () => {
    expect(straightRuns([...row('a', 20, (i) => [i, 0]), ...row('b', 20, (i) => [i, 8])])).toHaveLength(2)
    expect(straightRuns([...row('a', 5, (i) => [i, 0]), ...row('b', 5, (i) => [i + 20, 0])])).toHaveLength(2)
  })

  it('are never a longer row than the limit', () => {
    const runs = straightRuns(row('a', 200, (i) => [i * 1.2, 0]))
    expect(runs.length).toBeGreaterThan(2)
    expect(runs.length).toBeLessThan(7)
    expect(runs.flat()).toHaveLength(200)
  })

  it('come out the same in any order, each in one zone, none too long or too crooked', () => {
    const place = fc.tuple(fc.integer({ min: 0, max: 120 }), fc.integer({ min: 0, max: 60 }))
    fc.assert(
      fc.property(fc.array(place, { maxLength: 60 }), fc.infiniteStream(fc.nat()), (places, stream) => {
        const members = places.map(([x, y], i) => space(`m${String(i).padStart(3, '0')}`, x, y))
        const runs = straightRuns(members)
        const order = members.map((member) => ({ member, at: stream.next().value ?? 0 }))
        const shuffled = order.toSorted((a, b) => a.at - b.at).map(({ member }) => member)
        expect(refs(straightRuns(shuffled))).toEqual(refs(runs))
        expect(
          runs
            .flat()
            .map(({ ref }) => ref)
            .toSorted(),
        ).toEqual(members.map(({ ref }) => ref))
        for (const run of runs) {
          for (const a of run) {
            for (const b of run) {
              const far = distance(a.facts.lat, a.facts.lng, b.facts.lat, b.facts.lng)
              expect(far).toBeLessThan(ROW_LENGTH_M + 2 * ROW_WIDTH_M)
            }
          }
        }
      }),
    )
  })
})
