import { distance } from '#geo/great-circle.ts'
import type { Spot } from './rider-field.ts'

const DAY_MS = 24 * 60 * 60_000

/** The period in which removals are counted. */
export const LIMIT_WINDOW_MS = DAY_MS

/**
 * The most zones that riders may remove in a day within a distance in metres. Every further removal waits for a moderator, also on
 * the next day. Road works may close two bays of a block, and a city of some thousand bays loses about one a week; so riders who
 * report what they found do not reach these limits.
 */
export const REMOVAL_LIMITS = [
  { area: 'block', metres: 2_000, max: 2 },
  { area: 'city', metres: 25_000, max: 5 },
  { area: 'everywhere', metres: Number.POSITIVE_INFINITY, max: 20 },
] as const

export type RemovalLimit = (typeof REMOVAL_LIMITS)[number]['area']

/** The limit that holds a removal back, where zones at `recent` were removed by riders within `LIMIT_WINDOW_MS`; null for none. */
export function findReachedLimit(recent: readonly Spot[], { lat, lng }: Spot): RemovalLimit | null {
  for (const { area, metres, max } of REMOVAL_LIMITS) {
    const near = recent.filter((one) => distance(lat, lng, one.lat, one.lng) <= metres)
    if (near.length >= max) return area
  }
  return null
}
