import type { Availability, AvailabilitySource } from './availability.ts'
import { cumulative } from './normal.ts'

/** What an answer is based on besides the estimate. */
export type AnswerSource = {
  /** Epoch milliseconds of the newest observation that counts; null for none. */
  readonly observedAt: number | null
  readonly source: AvailabilitySource
  readonly reports: number
}

/** The answer without observations, or when they are too old. */
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

/** P(at least `k` free spaces of `c`), where the occupied share is normal with `mean` and `sd` (continuity-corrected). */
export function chanceOfFree(k: number, c: number, mean: number, sd: number): number {
  return cumulative((1 - (k - 0.5) / c - mean) / sd)
}
