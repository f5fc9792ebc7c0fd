import type { AvailabilityBody } from '@kickstand/contract'
import type { MapZone } from './map-types.ts'

/** A plausible zone for tests of the map. */
export function aMapZone(change: Partial<MapZone> = {}): MapZone {
  return {
    id: 'zone0001',
    lat: 37.7838,
    lng: -122.4035,
    name: 'Folsom Street',
    capacity: 8,
    outline: null,
    availability: anAvailability(),
    ...change,
  }
}

/** A plausible availability for tests of the map. */
export function anAvailability(change: Partial<AvailabilityBody> = {}): AvailabilityBody {
  return {
    state: 'some',
    expectedFree: 3.2,
    freeLow: 2,
    freeHigh: 4,
    chance: 0.9,
    observedAt: '2026-08-01T10:00:00Z',
    ageSeconds: 120,
    source: 'rider',
    reports: 2,
    reportsDisagree: false,
    capacityDoubted: false,
    latest: null,
    ...change,
  }
}
