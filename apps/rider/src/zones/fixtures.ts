import type { ZoneBody } from '@kickstand/contract'
import { everyVehicle, UNKNOWN_FACTS } from '@kickstand/domain'

const { capacityEstimated: _none, ...unknownFacts } = UNKNOWN_FACTS
/** A zone of which only the place is known. */
export const bareZone: ZoneBody = {
  ...unknownFacts,
  outline: null,
  id: 'zone00000001',
  lat: 37.7893,
  lng: -122.4021,
  vehicles: everyVehicle('unknown'),
  status: 'active',
  simulated: false,
  sources: [],
  availability: {
    state: 'unknown',
    expectedFree: null,
    freeLow: null,
    freeHigh: null,
    chance: null,
    observedAt: null,
    ageSeconds: null,
    source: 'none',
    reports: 0,
    reportsDisagree: false,
    capacityDoubted: false,
    latest: null,
  },
}
