import type { AvailabilityBody } from '@kickstand/contract'

/** So long a figure may stand without word from the server. The street has moved on after that, and the hour of the week too. */
export const FIGURES_LIVE_MS = 60 * 60_000

/** "Likely some free in 20 min" is told of the moment that the server spoke. */
const SOON_LIVES_MS = 5 * 60_000

type Figured = { readonly availability: AvailabilityBody }

/**
 * A zone as it may be shown `age` milliseconds after the server last spoke of it: past their life its figures are unknown,
 * never a guess. When it was last seen stays, so that the page can say how long ago.
 */
export function faded<T extends Figured>(zone: T, age: number): T {
  const { availability } = zone
  const { latest } = availability
  if (availability.state === 'unknown' || age < SOON_LIVES_MS) return zone
  if (age < FIGURES_LIVE_MS) {
    return latest?.expected
      ? { ...zone, availability: { ...availability, latest: { ...latest, expected: null } } }
      : zone
  }
  const nothing = { expectedFree: null, freeLow: null, freeHigh: null, chance: null, latest: null }
  return { ...zone, availability: { ...availability, ...nothing, state: 'unknown' } }
}
