import { expect, test } from 'vitest'
import { areaFromBounds, wrapLng } from './map-area.ts'

test('wraps every longitude to ±180°', () => {
  expect([190, -190, 540, 180, -180, 12].map(wrapLng)).toEqual([-170, 170, -180, 180, -180, 12])
})

test('an area over the antimeridian has west greater than east', () => {
  expect(areaFromBounds(179, -18, 181, -17)).toEqual({ west: 179, south: -18, east: -179, north: -17 })
  expect(areaFromBounds(-541, -18, -539, -17)).toEqual({ west: 179, south: -18, east: -179, north: -17 })
})

test('an area larger than the world is the world', () => {
  expect(areaFromBounds(-300, -95, 200, 95)).toEqual({ west: -180, south: -90, east: 180, north: 90 })
})
