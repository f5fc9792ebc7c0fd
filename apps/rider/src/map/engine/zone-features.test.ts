import { expect, test } from 'vitest'
import { aMapZone, anAvailability } from '../fixtures.ts'
import { accuracyRing } from './accuracy-ring.ts'
import { changedZones } from './changed-zones.ts'
import { diffFeatures, outlineFeature, riderFeatures, zoneFeature } from './zone-features.ts'

const features = (...zones: ReturnType<typeof aMapZone>[]) =>
  new Map(zones.map((zone) => [zone.id, zoneFeature(zone, 'b')]))

test('a zone is a point with the key of its plate and whether it is selected', () => {
  expect(zoneFeature(aMapZone({ id: 'b' }), 'b')).toMatchObject({
    geometry: { type: 'Point', coordinates: [-122.4035, 37.7838] },
    properties: { id: 'b', plate: 'some|3|18|0', mini: 'some|||0', selected: true },
  })
})

test('an outline keeps its shape; a zone without an outline has no feature', () => {
  const outline = {
    type: 'LineString',
    coordinates: [
      [1, 2],
      [3, 4],
    ],
  } as const
  expect(outlineFeature(aMapZone({ outline }), null)).toMatchObject({
    geometry: outline,
    properties: { selected: false },
  })
  expect(outlineFeature(aMapZone(), null)).toBeNull()
})

test('only changes are sent to the engine', () => {
  const a = aMapZone({ id: 'a' })
  const b = aMapZone({ id: 'b' })
  const fuller = aMapZone({ id: 'b', availability: anAvailability({ state: 'full', expectedFree: 0 }) })
  const moved = aMapZone({ id: 'a', lat: 37.8 })
  expect(diffFeatures(features(a, b), features(a, b))).toBeNull()
  expect(diffFeatures(features(a), features(a, b))).toMatchObject({
    add: [{ properties: { id: 'b' } }],
    update: [],
    remove: [],
  })
  expect(diffFeatures(features(a, b), features(a))).toEqual({ add: [], update: [], remove: ['b'] })
  const update = diffFeatures(features(a, b), features(moved, fuller))?.update
  expect(update).toMatchObject([
    { id: 'a', newGeometry: { coordinates: [-122.4035, 37.8] }, addOrUpdateProperties: [] },
    { id: 'b', addOrUpdateProperties: [{ key: 'plate', value: 'full|0|18|0' }, { key: 'mini' }, { key: 'rank' }] },
  ])
  expect(update?.[1]).not.toHaveProperty('newGeometry')
})

test('a newer observation or another state is a change; age and coming into view are not', () => {
  const known = new Map([['a', aMapZone({ id: 'a' })]])
  const now = (change: Parameters<typeof anAvailability>[0], id = 'a') =>
    changedZones(known, [aMapZone({ id, availability: anAvailability(change) })]).length
  expect(now({ observedAt: '2026-08-01T10:05:00Z' })).toBe(1)
  expect(now({ state: 'closed' })).toBe(1)
  expect(now({ ageSeconds: 900 })).toBe(0)
  expect(now({ state: 'full' }, 'new')).toBe(0)
})

test('the accuracy ring is closed and has the accuracy as its radius', () => {
  const ring = accuracyRing({ lat: 60, lng: 10, accuracy: 100 })
  expect(ring.at(-1)).toEqual(ring[0])
  const east = ring[0]?.[0] ?? 0
  expect((east - 10) * 111_320 * Math.cos(Math.PI / 3)).toBeCloseTo(100)
})

test('without a position there are no rider features', () => {
  expect(riderFeatures(null).features).toEqual([])
  expect(riderFeatures({ lat: 1, lng: 2, accuracy: 5 }).features.map(({ geometry }) => geometry.type)).toEqual([
    'Polygon',
    'Point',
  ])
})
