import type { ZoneBody } from '@kickstand/contract'
import { describe, expect, it } from 'vitest'
import type { ZoneFilters } from '../api/zone-filters.ts'
import { MAX_FIGURE_AGE_MS } from './expire-figures.ts'
import { areaFromSaved, nearbyFromSaved, zoneFromSaved } from './saved-answers.ts'
import type { SavedZone } from './saved-zones-store.ts'

const NOW = Date.parse('2026-06-01T12:00:00Z')

function saved(id: string, lat: number, lng: number, age: number): SavedZone {
  const availability = { state: 'some', expectedFree: 3, freeLow: 2, freeHigh: 4, chance: 0.9 }
  // Only the fields that these functions read.
  const zone = { id, lat, lng, availability } as unknown as ZoneBody
  return { id, zone, at: NOW - age }
}

const MINUTE_MS = 60_000
const zones = [
  saved('far', 38.79, -122.4, MINUTE_MS),
  saved('second', 37.792, -122.4, 12 * MINUTE_MS),
  saved('first', 37.791, -122.4, MINUTE_MS),
  saved('old', 37.793, -122.4, MAX_FIGURE_AGE_MS + MINUTE_MS),
]

describe('answers from saved zones', () => {
  it('list the nearest zones first and are as old as the oldest zone', () => {
    const list = nearbyFromSaved(zones, { lat: 37.79, lng: -122.4 }, NOW, undefined)
    expect(list?.data.zones.map(({ id }) => id)).toEqual(['first', 'second', 'old'])
    expect(list?.data.zones[0]?.distance).toBeCloseTo(111, 0)
    expect(list?.at).toBe(NOW - MAX_FIGURE_AGE_MS - MINUTE_MS)
    expect(list?.data.zones.map(({ availability }) => availability.state)).toEqual(['some', 'some', 'unknown'])
  })

  it('are filtered as on the server, and may be empty then', () => {
    const covered = zones.map((one) => ({ ...one, zone: { ...one.zone, covered: one.id === 'old', vehicles: {} } }))
    const list = (filters: ZoneFilters) =>
      nearbyFromSaved(covered as unknown as SavedZone[], { lat: 37.79, lng: -122.4 }, NOW, filters)?.data.zones
    expect(list({ vehicle: 'motorcycle', covered: 'yes' })?.map(({ id }) => id)).toEqual(['old'])
    expect(list({ vehicle: 'motorcycle', likelyFree: 'yes', covered: 'yes' })).toEqual([])
  })

  it('are null for a place without saved zones', () => {
    expect(nearbyFromSaved(zones, { lat: 48.86, lng: 2.35 }, NOW, undefined)).toBeNull()
    expect(areaFromSaved(zones, { west: 2, south: 48, east: 3, north: 49 }, NOW)).toBeNull()
    expect(zoneFromSaved(undefined, NOW)).toBeNull()
  })

  it('hold the zones of an area, or one zone', () => {
    const area = areaFromSaved(zones, { west: -122.5, south: 37.7905, east: -122.3, north: 37.7925 }, NOW)
    expect(area?.data.map(({ id }) => id)).toEqual(['second', 'first'])
    expect(zoneFromSaved(zones[3], NOW)?.data.availability.expectedFree).toBeNull()
  })
})
