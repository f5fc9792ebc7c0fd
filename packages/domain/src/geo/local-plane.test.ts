import { expect, it } from 'vitest'
import { distance } from './great-circle.ts'
import { localPlane } from './local-plane.ts'

it.each([
  [48.2, 16.4],
  [-16.8, 179.999],
  [89.999, 20],
  [0, 0],
])('gives true distances from %d, %d and nearly true ones between places near it', (lat, lng) => {
  const plane = localPlane(lat, lng)
  const a = [Math.min(90, lat + 0.001), lng + 0.002] as const
  const b = [lat - 0.003, lng > 179 ? lng - 360 + 0.004 : lng + 0.004] as const
  const [p, q] = [plane(...a), plane(...b)]
  expect(Math.hypot(p.east, p.north)).toBeCloseTo(distance(lat, lng, ...a), 3)
  expect(Math.hypot(p.east - q.east, p.north - q.north)).toBeCloseTo(distance(...a, ...b), 1)
  expect(q.north).toBeLessThan(0)
  expect(Math.hypot(plane(lat, lng).east, plane(lat, lng).north)).toBe(0)
})

it('points east and north as the compass does', () => {
  const { east, north } = localPlane(10, 20)(10.01, 20.02)
  expect(north).toBeCloseTo(1112, -1)
  expect(east).toBeCloseTo(2190, -1)
})
