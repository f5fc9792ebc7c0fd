import { PART, PROFILE_SIZE, WEEK_BASIS, WEEK_POINTS } from './week-basis.ts'

/** Elements of a symmetric matrix over the profile, lower triangle by rows. */
export const PROFILE_PACKED: number = (PROFILE_SIZE * (PROFILE_SIZE + 1)) / 2

/** The prior of a zone's profile, before any observation: a normal distribution of its numbers. */
export type ProfilePrior = {
  readonly mean: Float64Array
  /** Covariance, lower triangle by rows. */
  readonly covariance: Float64Array
  /** Mean and variance of the occupied share by point of the week, computed on demand: NaN, or an empty array, until then. */
  shareMean: Float64Array
  shareVariance: Float64Array
}

/** Tables of a week are thirteen times as large as the rest of a prior, so they are created on demand. */
const NOT_COMPUTED = new Float64Array(0)

/** Creates a prior from a mean and a packed covariance. */
export function createPrior(mean: Float64Array, covariance: Float64Array): ProfilePrior {
  return { mean, covariance, shareMean: NOT_COMPUTED, shareVariance: NOT_COMPUTED }
}

/** Computes a point of the week in the tables of a prior, unless it is there already. */
export function ensurePoint(prior: ProfilePrior, point: number): void {
  // An empty table gives undefined.
  if (!(prior.shareVariance[point] >= 0)) fillPoint(prior, point)
}

function fillPoint(prior: ProfilePrior, point: number): void {
  if (prior.shareMean === NOT_COMPUTED) {
    prior.shareMean = new Float64Array(WEEK_POINTS).fill(Number.NaN)
    prior.shareVariance = new Float64Array(WEEK_POINTS).fill(Number.NaN)
  }
  const base = point * PROFILE_SIZE
  let mean = 0
  let variance = 0
  let at = 0
  for (let i = 0; i < PROFILE_SIZE; i += 1) {
    const hi = WEEK_BASIS[base + i]
    mean += hi * prior.mean[i]
    for (let j = 0; j < i; j += 1) variance += 2 * hi * WEEK_BASIS[base + j] * prior.covariance[at + j]
    variance += hi * hi * prior.covariance[at + i]
    at += i + 1
  }
  prior.shareMean[point] = mean
  prior.shareVariance[point] = variance
}

const LEVEL_VARIANCE = 0.05
const DAY_VARIANCE = [0.012, 0.004, 0.0015, 0.0006]
const WEEKEND_LEVEL_VARIANCE = 0.012
const WEEKEND_VARIANCE = [0.003, 0.001, 0.0005]
const SUNDAY_LEVEL_VARIANCE = 0.008
const SUNDAY_VARIANCE = [0.003, 0.0008]
const DAY_LEVEL_VARIANCE = 0.001
const FRIDAY_VARIANCE = [0.0005]

/** The prior without any observations at all: half full, any shape. */
export function basePrior(): ProfilePrior {
  const mean = new Float64Array(PROFILE_SIZE)
  mean[PART.level] = 0.5
  const variances = new Float64Array(PROFILE_SIZE)
  fillPart(variances, PART.level, LEVEL_VARIANCE, DAY_VARIANCE)
  fillPart(variances, PART.weekend, WEEKEND_LEVEL_VARIANCE, WEEKEND_VARIANCE)
  fillPart(variances, PART.sunday, SUNDAY_LEVEL_VARIANCE, SUNDAY_VARIANCE)
  variances[PART.monday] = DAY_LEVEL_VARIANCE
  fillPart(variances, PART.friday, DAY_LEVEL_VARIANCE, FRIDAY_VARIANCE)
  const covariance = new Float64Array(PROFILE_PACKED)
  for (let i = 0; i < PROFILE_SIZE; i += 1) covariance[(i * (i + 3)) / 2] = variances[i]
  return createPrior(mean, covariance)
}

function fillPart(variances: Float64Array, start: number, level: number, harmonics: readonly number[]): void {
  variances[start] = level
  harmonics.forEach((v, k) => variances.fill(v, start + 1 + 2 * k, start + 3 + 2 * k))
}
