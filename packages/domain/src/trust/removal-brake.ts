import { distance } from '../geo/great-circle.ts'
import type { Spot } from './rider-field.ts'

const DAY = 24 * 60 * 60_000

/** Over which time removals are counted. */
export const BRAKE_WINDOW_MS = DAY

/**
 * At most so many zones may riders take away within so many metres and a day; what comes beyond waits for a moderator for good.
 * A block is dug up now and then, and takes two bays with it; a city of some thousand bays loses one a week; a whole installation
 * has a bad day with twenty. More than that is not riders finding things gone.
 */
export const REMOVAL_BRAKES = [
  { area: 'block', metres: 2_000, most: 2 },
  { area: 'city', metres: 25_000, most: 5 },
  { area: 'everywhere', metres: Number.POSITIVE_INFINITY, most: 20 },
] as const

export type RemovalBrake = (typeof REMOVAL_BRAKES)[number]['area']

/** The brake that holds a removal back, where zones at `recent` were removed by riders within `BRAKE_WINDOW_MS`; null for none. */
export function findBrake(recent: readonly Spot[], { lat, lng }: Spot): RemovalBrake | null {
  for (const { area, metres, most } of REMOVAL_BRAKES) {
    const near = recent.filter((one) => distance(lat, lng, one.lat, one.lng) <= metres)
    if (near.length >= most) return area
  }
  return null
}
