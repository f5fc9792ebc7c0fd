import type { Availability, AvailabilitySource, AvailabilityState } from './availability.ts'
import { ASSUMED_CAPACITY, forecast, type EstimateColumns, type Forecast } from './estimator.ts'
import { cumulative, density } from './normal.ts'

/** Published variance over the filter's own: what the filter does not know of itself. */
const PUBLISH_FACTOR = 1.4
/** Half the 80 % range in standard deviations. */
const EIGHTY = 1.281_6

const FULL_BELOW = 0.25
const FEW_BELOW = 0.6
const PLENTY_FROM = 0.75

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
}

/** P(at least `k` free) for an occupied share with mean and sd in a zone of `c` spaces (continuity-corrected). */
export function chanceOfFree(k: number, c: number, mean: number, sd: number): number {
  return cumulative((1 - (k - 0.5) / c - mean) / sd)
}

/**
 * What a rider is told about a row at `time` (epoch milliseconds). Figures are null where nothing is known; numbers of
 * spaces are null while the capacity is unknown. Free spaces never exceed the capacity.
 */
export function publish(
  columns: EstimateColumns,
  row: number,
  capacity: number | null,
  time: number,
  basis: Basis,
): Availability {
  const at: Forecast = { mean: 0, variance: 0 }
  if (!forecast(columns, row, capacity, time, at)) return { ...NOTHING_KNOWN, reports: basis.reports }
  const c = capacity ?? ASSUMED_CAPACITY
  const sd = Math.sqrt(PUBLISH_FACTOR * at.variance)
  const chance = chanceOfFree(1, c, at.mean, sd)
  return {
    state: stateOf(c, at.mean, sd, chance),
    expectedFree: capacity === null ? null : capacity * (1 - expectedShare(at.mean, sd)),
    freeLow: capacity === null ? null : Math.round(capacity * (1 - clip(at.mean + EIGHTY * sd))),
    freeHigh: capacity === null ? null : Math.round(capacity * (1 - clip(at.mean - EIGHTY * sd))),
    chance,
    observedAt: basis.observedAt,
    source: basis.source,
    reports: basis.reports,
  }
}

/** By chance, not by count: two free of two hundred is nearly full, two free of three is not. */
function stateOf(c: number, mean: number, sd: number, chance: number): AvailabilityState {
  if (chance < FULL_BELOW) return 'full'
  if (chanceOfFree(Math.max(1, 0.1 * c), c, mean, sd) < FEW_BELOW) return 'few'
  if (chanceOfFree(Math.max(2, 0.3 * c), c, mean, sd) >= PLENTY_FROM) return 'plenty'
  return 'some'
}

function clip(share: number): number {
  return Math.min(1, Math.max(0, share))
}

/** Mean of a normal share clipped to [0, 1] (AVAILABILITY §1). */
function expectedShare(mean: number, sd: number): number {
  const u = (1 - mean) / sd
  const l = -mean / sd
  return clip(1 - cumulative(u) + mean * (cumulative(u) - cumulative(l)) + sd * (density(l) - density(u)))
}
