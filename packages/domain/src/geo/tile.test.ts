import fc from 'fast-check'
import { expect, it } from 'vitest'
import { areaContains } from './area.ts'
import { distance } from './great-circle.ts'
import { tileArea, tileNumber, tileX, tileY } from './tile.ts'

const position = fc.record({
  lat: fc.double({ min: -90, max: 90, noNaN: true }),
  lng: fc.double({ min: -180, max: 180, noNaN: true }),
})

it('tiles are those of the web: the middle of San Francisco lies in 12/655/1583', () => {
  expect([Math.floor(tileX(-122.4194, 12)), Math.floor(tileY(37.7749, 12))]).toEqual([655, 1583])
  expect(tileNumber(37.7749, -122.4194, 12)).toBe(1583 * 2 ** 12 + 655)
})

it('every position on Earth lies in the area of its tile, the poles and the antimeridian too', () => {
  fc.assert(
    fc.property(position, fc.integer({ min: 0, max: 22 }), ({ lat, lng }, z) => {
      const n = 2 ** z
      const number = tileNumber(lat, lng, z)
      const { west, south, east, north } = tileArea(z, number % n, Math.floor(number / n))
      const hair = 1e-9
      const area = { west: west - hair, south: south - hair, east: east + hair, north: north + hair }
      expect(areaContains(area, lat, lng)).toBe(true)
    }),
  )
})

it('a buffer widens a tile on every side but not over the antimeridian', () => {
  expect(tileArea(0, 0, 0, 0.5)).toEqual({ west: -180, south: -90, east: 180, north: 90 })
  const bare = tileArea(14, 2620, 6332)
  const wide = tileArea(14, 2620, 6332, 1 / 16)
  expect(wide.west).toBeLessThan(bare.west)
  expect(wide.east).toBeGreaterThan(bare.east)
  expect(wide.south).toBeLessThan(bare.south)
  expect(wide.north).toBeGreaterThan(bare.north)
})

it.each([
  ['San Francisco to Madrid', [37.7749, -122.4194, 40.4168, -3.7038], 9_326_000],
  ['over the antimeridian', [0, 179.9, 0, -179.9], 22_239],
  ['pole to pole', [90, 12, -90, -100], 20_015_115],
  ['one metre north', [40, -3, 40.000_009, -3], 1],
])('distance: %s', (_what, [lat1 = 0, lng1 = 0, lat2 = 0, lng2 = 0], metres) => {
  expect(Math.abs(distance(lat1, lng1, lat2, lng2) / metres - 1)).toBeLessThan(0.002)
})
