import { expect, test } from 'vitest'
import { aMapZone } from './fixtures.ts'
import { placeZones } from './place-zones.ts'

const viewport = { width: 400, height: 800, left: 100, bottom: 300 }
/** Uses degrees as pixels, to keep the test readable. */
const asPixels = ({ lng, lat }: { lng: number; lat: number }) => ({ x: lng, y: lat })

test('returns zones in the uncovered part of the map, nearest to its centre first', () => {
  const zones = [
    aMapZone({ id: 'corner', lng: 390, lat: 10 }),
    aMapZone({ id: 'middle', lng: 250, lat: 250 }),
    aMapZone({ id: 'under the sheet', lng: 250, lat: 600 }),
    aMapZone({ id: 'under the rail', lng: 50, lat: 250 }),
    aMapZone({ id: 'above', lng: 250, lat: -5 }),
  ]
  expect(placeZones(zones, asPixels, viewport, 30).map(({ zone }) => zone.id)).toEqual(['middle', 'corner'])
  expect(placeZones(zones, asPixels, viewport, 1)).toMatchObject([{ x: 250, y: 250 }])
})
