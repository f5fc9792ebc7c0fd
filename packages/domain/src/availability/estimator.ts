import type { Level } from '../reports/report.ts'
import { cumulative, density } from './normal.ts'
import type { Observation } from './observation.ts'

// Predict and update of AVAILABILITY.md §1 with one deviation and a flat profile: the occupied share x of a zone is
// m + d, d decays towards 0 with TAU and is corrected by each observation. State is one number pair and a time per zone.

const MINUTE = 60_000
/** e-folding time of the deviation, minutes. */
const TAU = 240
/** Occupied share where nothing is known, and its variance coefficients (ψ, θ_f + θ_s, profile uncertainty). */
const MEAN = 0.5
const PSI = 1
const THETA = 0.09
const PROFILE_VARIANCE = 4 * 0.02 * (1 + 1 / 2 + 1 / 5)
const Q = MEAN * (1 - MEAN)
/** How far beyond empty and full the mean may lie, so that a zone seen full again and again is surely full; published clipped. */
const BEYOND = 0.25
/** sd of an honest human count, as a share of the capacity. */
const COUNT_NOISE = 0.105
const LEVEL_NOISE = 0.2
const LEVEL_MEAN: Record<Exclude<Level, 'full'>, number> = { plenty: 0.2, some: 0.55, few: 0.85 }
/** Prior probability that a report is junk, and the density of junk over the occupied share. */
const JUNK = 0.15
const JUNK_DENSITY = 0.5
/**
 * Nats of information over knowing nothing (Kullback–Leibler, normal against prior) from which an estimate is one. The
 * variance alone would not do: a surprise ("full") moves the mean far and leaves the variance as wide as it was.
 */
const KNOWN_FROM = 0.02
/** Assumed while the capacity is unknown: the median bay. Never published as a number of spaces. */
export const ASSUMED_CAPACITY = 8

/** Estimates of many zones, one row each. `at` is 0 where nothing was ever observed. */
export type EstimateColumns = {
  readonly deviation: Float64Array
  readonly variance: Float64Array
  /** Epoch milliseconds that deviation and variance belong to. */
  readonly at: Float64Array
}

export function createEstimateColumns(rows: number): EstimateColumns {
  return { deviation: new Float64Array(rows), variance: new Float64Array(rows), at: new Float64Array(rows) }
}

/** Variance of the occupied share of a zone of `capacity` spaces of which nothing is known. */
function priorVariance(capacity: number): number {
  return (PSI / capacity + THETA) * Q + PROFILE_VARIANCE * Q
}

/** Forgets everything about a row. */
export function resetEstimate(columns: EstimateColumns, row: number): void {
  columns.at[row] = 0
}

/** Folds one observation into a row. Observations must come in the order of `compareObservations`. */
export function observe(columns: EstimateColumns, row: number, capacity: number | null, seen: Observation): void {
  const c = capacity ?? Math.max(ASSUMED_CAPACITY, seen.count ?? 0)
  const prior = priorVariance(c)
  let d = 0
  let v = prior
  if (columns.at[row] > 0) {
    const rho = decay(seen.at - columns.at[row])
    d = columns.deviation[row] * rho
    v = columns.variance[row] * rho * rho + (1 - rho * rho) * prior
  }
  const mean = MEAN + d
  const noise = Math.max(COUNT_NOISE, 0.5 / c)
  if (seen.kind === 'count') {
    const share = Math.min(1, (seen.count ?? 0) / c)
    if (share >= 1) update(columns, row, seen.at, d, censored(mean, v, noise, 1, 1 - 0.5 / c, c))
    else if (share <= 0) update(columns, row, seen.at, d, censored(mean, v, noise, -1, 0.5 / c, c))
    else update(columns, row, seen.at, d, measured(mean, v, share, noise))
  } else if (seen.kind === 'level') {
    if (seen.level === 'full') update(columns, row, seen.at, d, censored(mean, v, noise, 1, 1 - 0.5 / c, c))
    else if (seen.level !== null) {
      update(columns, row, seen.at, d, measured(mean, v, LEVEL_MEAN[seen.level], LEVEL_NOISE))
    }
  } else {
    // Someone parked: a space was free just before, and there is one bike more. Someone left: the mirror image.
    const arrived = seen.kind === 'arrived'
    const change = censored(mean, v, 0, arrived ? -1 : 1, arrived ? 1 - 0.5 / c : 0.5 / c, c)
    change.mean += ((arrived ? 1 : -1) * change.weight) / c
    update(columns, row, seen.at, d, change)
  }
}

/** What an observation does: shift of the mean, the new variance, and the probability that it was honest. */
type Change = { mean: number; readonly variance: number; readonly weight: number }

function update(columns: EstimateColumns, row: number, at: number, d: number, change: Change): void {
  columns.deviation[row] = Math.min(1 + BEYOND - MEAN, Math.max(-BEYOND - MEAN, d + change.mean))
  columns.variance[row] = Math.max(1e-6, change.variance)
  columns.at[row] = at
}

/** Mixture of "the report was honest" and "it was junk", matched in mean and variance. */
function mix(v: number, shift: number, variance: number, weight: number): Change {
  return {
    mean: weight * shift,
    variance: weight * variance + (1 - weight) * v + weight * (1 - weight) * shift * shift,
    weight,
  }
}

function measured(mean: number, v: number, share: number, noise: number): Change {
  const error = share - mean
  const total = v + noise * noise
  const gain = v / total
  const honest = (1 - JUNK) * (density(error / Math.sqrt(total)) / Math.sqrt(total))
  const weight = honest / (honest + JUNK * JUNK_DENSITY)
  return mix(v, gain * error, v * (1 - gain), weight)
}

/** The share is known only to lie above (`side` 1) or below (-1) `threshold`. */
function censored(mean: number, v: number, noise: number, side: 1 | -1, threshold: number, capacity: number): Change {
  const s = Math.sqrt(v + noise * noise)
  const z = (side * (mean - threshold)) / s
  const chance = Math.max(cumulative(z), 1e-9)
  const lambda = density(z) / chance
  const honest = (1 - JUNK) * chance
  const weight = honest / (honest + JUNK * Math.max(0.25 / capacity + 0.25, 1e-4))
  const gain = (v * v) / (s * s)
  return mix(v, (side * v * lambda) / s, Math.max(0, v - gain * lambda * (z + lambda)), weight)
}

function decay(elapsed: number): number {
  return Math.exp(-Math.max(0, elapsed) / (TAU * MINUTE))
}

/** The occupied share at `time`, or null once too little is known. Fills `out`, so that a request allocates nothing. */
export type Forecast = { mean: number; variance: number }

/**
 * The distribution of the occupied share of a row at `time` (epoch milliseconds).
 * @returns false where nothing is known, or where what was known has faded
 */
export function forecast(
  columns: EstimateColumns,
  row: number,
  capacity: number | null,
  time: number,
  out: Forecast,
): boolean {
  const at = columns.at[row]
  if (at === 0) return false
  const prior = priorVariance(capacity ?? ASSUMED_CAPACITY)
  const rho = decay(time - at)
  const variance = columns.variance[row] * rho * rho + (1 - rho * rho) * prior
  const deviation = columns.deviation[row] * rho
  const ratio = variance / prior
  if (0.5 * (ratio - 1 - Math.log(ratio) + (deviation * deviation) / prior) < KNOWN_FROM) return false
  out.mean = MEAN + deviation
  out.variance = variance
  return true
}
