import type { Availability, AvailabilitySource } from './availability.ts'
import { cumulative } from './normal.ts'

/** What the published figures rest on besides the estimate itself. */
export type Basis = {
  /** Epoch milliseconds of the newest observation that counts, or null. */
  readonly observedAt: number | null
  readonly source: AvailabilitySource
  readonly reports: number
}

/** The answer where nobody has said anything, or too long ago. */
export const NOTHING_KNOWN: Availability = {
  state: 'unknown',
  expectedFree: null,
  freeLow: null,
  freeHigh: null,
  chance: null,
  observedAt: null,
  source: 'none',
  reports: 0,
  reportsDisagree: false,
  capacityDoubted: false,
  latest: null,
}

/** P(at least `k` free) for an occupied share with mean and sd in a zone of `c` spaces (continuity-corrected). */
export function chanceOfFree(k: number, c: number, mean: number, sd: number): number {
  return cumulative((1 - (k - 0.5) / c - mean) / sd)
}
