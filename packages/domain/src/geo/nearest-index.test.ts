import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chordSquaredFromMetres, distance, metresFromChordSquared, writeUnitVector } from './great-circle.ts'
import { buildNearestIndex, createNearest, searchNearest } from './nearest-index.ts'

const degrees = (min: number, max: number) => fc.double({ min, max, noNaN: true })
const edge = fc.constantFrom(-180, 180, 179.9999, -179.9999, 0)
const position = fc.oneof(
  fc.record({ lat: degrees(-90, 90), lng: degrees(-180, 180) }),
  fc.record({ lat: degrees(-1, 1), lng: edge }),
  fc.record({ lat: fc.constantFrom(90, -90, 89.9999, -89.9999), lng: degrees(-180, 180) }),
)

function nearestByIndex(
  points: { lat: number; lng: number }[],
  lat: number,
  lng: number,
  limit: number,
  metres: number,
) {
  const lats = Float64Array.from(points, (p) => p.lat)
  const lngs = Float64Array.from(points, (p) => p.lng)
  const index = buildNearestIndex(Uint32Array.from(points.keys()), lats, lngs)
  const found = createNearest(limit)
  const point = new Float64Array(3)
  writeUnitVector(point, 0, lat, lng)
  searchNearest(index, {
    point,
    limit,
    maxChordSquared: chordSquaredFromMetres(metres),
    accept: () => true,
    masks: [],
    tie: (a, b) => a - b,
    found,
  })
  return [...found.rows.subarray(0, found.count)].map((row, i) => ({
    row,
    metres: metresFromChordSquared(found.chords[i]),
  }))
}

describe('nearest index', () => {
  it('finds what brute force on great-circle distance finds, in the same order, also over the antimeridian and at the poles', () => {
    fc.assert(
      fc.property(
        fc.array(position, { minLength: 1, maxLength: 120 }),
        position,
        fc.integer({ min: 1, max: 30 }),
        fc.constantFrom(1_000, 100_000, 5_000_000, 30_000_000),
        (points, at, limit, radius) => {
          const all = points
            .map((p, row) => ({ row, metres: distance(at.lat, at.lng, p.lat, p.lng) }))
            .filter((p) => p.metres <= radius)
            .toSorted((a, b) => a.metres - b.metres || a.row - b.row)
          const found = nearestByIndex(points, at.lat, at.lng, limit, radius)
          // Points closer than rounding may come in either order: the two formulas round differently, most at the antipode.
          const close = (a: number, b: number) => Math.abs(a - b) < (Math.max(a, b) > 19_000_000 ? 1 : 1e-5)
          const borderline = points.filter((p) => close(distance(at.lat, at.lng, p.lat, p.lng), radius)).length
          expect(Math.abs(found.length - Math.min(limit, all.length))).toBeLessThanOrEqual(borderline)
          for (const [i, hit] of found.entries()) {
            expect(close(hit.metres, distance(at.lat, at.lng, points[hit.row].lat, points[hit.row].lng))).toBe(true)
            if (i < all.length) expect(hit.row === all[i].row || close(hit.metres, all[i].metres)).toBe(true)
          }
          expect(new Set(found.map((hit) => hit.row)).size).toBe(found.length)
        },
      ),
      { numRuns: 3_000 },
    )
  })

  it('orders points at the very same place by the tie rule and cuts at the limit', () => {
    const points = Array.from({ length: 50 }, () => ({ lat: 10, lng: 20 }))
    expect(nearestByIndex(points, 10, 20, 7, 10).map((hit) => hit.row)).toEqual([0, 1, 2, 3, 4, 5, 6])
  })
})
