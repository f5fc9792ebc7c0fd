import type { ZoneBody } from '@kickstand/contract'
import { describe, expect, it } from 'vitest'
import type { ZoneFilters } from '../api/zone-filters.ts'
import { FIGURES_LIVE_MS } from './fade.ts'
import { areaFrom, nearbyFrom, zoneFrom } from './from-known.ts'
import type { KnownZone } from './known-store.ts'

const NOW = Date.parse('2026-06-01T12:00:00Z')

function known(id: string, lat: number, lng: number, age: number): KnownZone {
  const availability = { state: 'some', expectedFree: 3, freeLow: 2, freeHigh: 4, chance: 0.9 }
  // Only what these functions look at.
  const zone = { id, lat, lng, availability } as unknown as ZoneBody
  return { id, zone, at: NOW - age }
}

const MINUTE = 60_000
const zones = [
  known('far', 38.79, -122.4, MINUTE),
  known('second', 37.792, -122.4, 12 * MINUTE),
  known('first', 37.791, -122.4, MINUTE),
  known('old', 37.793, -122.4, FIGURES_LIVE_MS + MINUTE),
]

describe('the last known state', () => {
  it('is a list of what is near, nearest first, as old as its oldest zone', () => {
    const list = nearbyFrom(zones, { lat: 37.79, lng: -122.4 }, NOW, undefined)
    expect(list?.data.zones.map(({ id }) => id)).toEqual(['first', 'second', 'old'])
    expect(list?.data.zones[0]?.distance).toBeCloseTo(111, 0)
    expect(list?.at).toBe(NOW - FIGURES_LIVE_MS - MINUTE)
    expect(list?.data.zones.map(({ availability }) => availability.state)).toEqual(['some', 'some', 'unknown'])
  })

  it('is filtered as the server would, and may be empty then', () => {
    const covered = zones.map((one) => ({ ...one, zone: { ...one.zone, covered: one.id === 'old', vehicles: {} } }))
    const ask = (filters: ZoneFilters) =>
      nearbyFrom(covered as unknown as KnownZone[], { lat: 37.79, lng: -122.4 }, NOW, filters)?.data.zones
    expect(ask({ vehicle: 'motorcycle', covered: 'yes' })?.map(({ id }) => id)).toEqual(['old'])
    expect(ask({ vehicle: 'motorcycle', likelyFree: 'yes', covered: 'yes' })).toEqual([])
  })

  it('is no answer for a place of which nothing is known', () => {
    expect(nearbyFrom(zones, { lat: 48.86, lng: 2.35 }, NOW, undefined)).toBeNull()
    expect(areaFrom(zones, { west: 2, south: 48, east: 3, north: 49 }, NOW)).toBeNull()
    expect(zoneFrom(undefined, NOW)).toBeNull()
  })

  it('is the zones of an area, and one zone', () => {
    const area = areaFrom(zones, { west: -122.5, south: 37.7905, east: -122.3, north: 37.7925 }, NOW)
    expect(area?.data.map(({ id }) => id)).toEqual(['second', 'first'])
    expect(zoneFrom(zones[3], NOW)?.data.availability.expectedFree).toBeNull()
  })
})
