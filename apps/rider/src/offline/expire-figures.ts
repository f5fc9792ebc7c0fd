import type { AvailabilityBody } from '@kickstand/contract'

/** Figures that the server has not confirmed for this long are unknown. */
export const MAX_FIGURE_AGE_MS = 60 * 60_000

/** "Likely some free in 20 min" is relative to the server's answer, so it expires earlier. */
const MAX_EXPECTATION_AGE_MS = 5 * 60_000

type WithAvailability = { readonly availability: AvailabilityBody }

/**
 * A zone as shown `age` milliseconds after the server's last answer. Expired figures become unknown; `observedAt`
 * stays, so that the page can show when the zone was last seen.
 */
export function withExpiredFigures<T extends WithAvailability>(zone: T, age: number): T {
  const { availability } = zone
  const { latest } = availability
  if (availability.state === 'unknown' || age < MAX_EXPECTATION_AGE_MS) return zone
  if (age < MAX_FIGURE_AGE_MS) {
    return latest?.expected
      ? { ...zone, availability: { ...availability, latest: { ...latest, expected: null } } }
      : zone
  }
  const nothing = { expectedFree: null, freeLow: null, freeHigh: null, chance: null, latest: null }
  return { ...zone, availability: { ...availability, ...nothing, state: 'unknown' } }
}
