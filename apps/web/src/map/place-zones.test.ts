import { expect, test } from 'vitest'
import { aMapZone } from './fixtures.ts'
import { placeZones } from './place-zones.ts'

const room = { width: 400, height: 800, left: 100, bottom: 300 }
/** Pixels stand in for degrees, so that the test reads as a picture. */
const asPixels = ({ lng, lat }: { lng: number; lat: number }) => ({ x: lng, y: lat })

test('places what is in the uncovered room, nearest to its middle first', () => {
  const zones = [
    aMapZone({ id: 'corner', lng: 390, lat: 10 }),
    aMapZone({ id: 'middle', lng: 250, lat: 250 }),
    aMapZone({ id: 'under the sheet', lng: 250, lat: 600 }),
    aMapZone({ id: 'under the rail', lng: 50, lat: 250 }),
    aMapZone({ id: 'above', lng: 250, lat: -5 }),
  ]
  expect(placeZones(zones, asPixels, room, 30).map(({ zone }) => zone.id)).toEqual(['middle', 'corner'])
  expect(placeZones(zones, asPixels, room, 1)).toMatchObject([{ x: 250, y: 250 }])
})
