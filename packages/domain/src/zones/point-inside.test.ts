import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pointInside } from './point-inside.ts'
import type { LngLat } from './zone.ts'

/** Winding number, a rule unlike the one under test. */
function winds(ring: readonly LngLat[], lng: number, lat: number): boolean {
  let angle = 0
  for (let i = 0; i < ring.length; i++) {
    const [ax, ay] = ring[i] ?? [0, 0]
    const [bx, by] = ring[(i + 1) % ring.length] ?? [0, 0]
    const turn = Math.atan2(by - lat, bx - lng) - Math.atan2(ay - lat, ax - lng)
    angle += Math.atan2(Math.sin(turn), Math.cos(turn))
  }
  return Math.abs(angle) > Math.PI
}

/** A ring around a middle with jagged radii: concave, never crossing itself. */
const jagged = fc
  .record({
    lng: fc.double({ min: -179, max: 179, noNaN: true }),
    lat: fc.double({ min: -84, max: 84, noNaN: true }),
    size: fc.constantFrom(0.00003, 0.001, 0.02),
    radii: fc.array(fc.double({ min: 0.05, max: 1, noNaN: true }), { minLength: 5, maxLength: 40 }),
  })
  .map(({ lng, lat, size, radii }) => {
    const ring = radii.map((radius, i): LngLat => {
      const turn = (2 * Math.PI * i) / radii.length
      return [lng + size * radius * Math.cos(turn), lat + size * radius * Math.sin(turn)]
    })
    return [...ring, ring[0] ?? [0, 0]] as const
  })

describe('pointInside', () => {
  it('lies inside any jagged area', () => {
    fc.assert(
      fc.property(jagged, (ring) => {
        const [lng, lat] = pointInside({ type: 'Polygon', coordinates: [ring] }) ?? [Number.NaN, Number.NaN]
        expect(winds(ring, lng, lat)).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })

  it('lies inside a U whose centroid falls in the gap', () => {
    const u: LngLat[] = [
      [0, 0],
      [10, 0],
      [10, 10],
      [9, 10],
      [9, 1],
      [1, 1],
      [1, 10],
      [0, 10],
      [0, 0],
    ]
    const [lng, lat] = pointInside({ type: 'Polygon', coordinates: [u] }) ?? [Number.NaN, Number.NaN]
    expect(winds(u, lng, lat)).toBe(true)
  })

  it('keeps out of a hole in the middle', () => {
    const square = (from: number, to: number): LngLat[] => [
      [from, from],
      [to, from],
      [to, to],
      [from, to],
      [from, from],
    ]
    const hole = square(2, 8)
    const [lng, lat] = pointInside({ type: 'Polygon', coordinates: [square(0, 10), hole] }) ?? [Number.NaN, Number.NaN]
    expect(winds(hole, lng, lat)).toBe(false)
    expect(winds(square(0, 10), lng, lat)).toBe(true)
  })

  it('takes the largest of several areas', () => {
    const box = (x: number, size: number): LngLat[] => [
      [x, 0],
      [x + size, 0],
      [x + size, size],
      [x, size],
      [x, 0],
    ]
    expect(pointInside({ type: 'MultiPolygon', coordinates: [[box(0, 1)], [box(10, 4)], [box(20, 2)]] })).toEqual([
      12, 2,
    ])
  })

  it('is halfway along a line by length, not by number of corners', () => {
    expect(
      pointInside({
        type: 'LineString',
        coordinates: [
          [0, 0],
          [0, 0.001],
          [0, 0.002],
          [0, 0.01],
        ],
      }),
    ).toEqual([0, 0.005])
  })

  it('works over the antimeridian', () => {
    const ring: LngLat[] = [
      [179.999, 0],
      [-179.999, 0],
      [-179.999, 0.002],
      [179.999, 0.002],
      [179.999, 0],
    ]
    const [lng, lat] = pointInside({ type: 'Polygon', coordinates: [ring] }) ?? [Number.NaN, Number.NaN]
    expect(Math.abs(lng)).toBeCloseTo(180, 6)
    expect(lat).toBeCloseTo(0.001, 6)
  })

  it('is a corner for an area of size 0, and null for an empty shape', () => {
    const flat: LngLat[] = [
      [1, 1],
      [1, 1],
      [1, 1],
      [1, 1],
    ]
    expect(pointInside({ type: 'Polygon', coordinates: [flat] })).toEqual([1, 1])
    expect(pointInside({ type: 'LineString', coordinates: [] })).toBeNull()
  })
})
