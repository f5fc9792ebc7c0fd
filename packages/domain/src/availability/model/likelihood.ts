import { cumulative, cumulativeWith, density } from '../normal.ts'

/** Density of outliers over the occupied share, for shares between empty and full. */
const OUTLIER_DENSITY = 0.5

/**
 * The effect of an observation on the occupied share, before it is distributed over the state: [0] shift of the mean, [1] the new
 * variance, [2] probability that it was honest, [3] the same at even prior odds (for the reporter's record). The functions below
 * write to a buffer, so that an observation allocates nothing.
 */
export type ShareUpdate = Float64Array

/** Mixture of an honest report and an outlier, matched in mean and variance (docs/estimation.md §1). */
function mix(
  out: ShareUpdate,
  v: number,
  shift: number,
  honestVariance: number,
  honest: number,
  outlier: number,
  pi: number,
) {
  const w = ((1 - pi) * honest) / ((1 - pi) * honest + pi * outlier)
  out[0] = w * shift
  out[1] = w * honestVariance + (1 - w) * v + w * (1 - w) * shift * shift
  out[2] = w
  out[3] = honest / (honest + outlier)
}

/** sd of the demand beyond empty and full, as a share of the capacity. */
const DEMAND_SD = 0.4
/** The probability of reporting full, a step blurred by noise, is approximated by half a normal: its sd over the noise. */
const LIMIT_SD_PER_NOISE = 0.85
/** Standard deviations from a limit beyond which it affects neither the estimate nor the count. */
const FAR_SDS = 3

const ROOT = Math.sqrt(2 * Math.PI)

/** Mass, first and second moment about the mean of the posterior of an honest count; see {@link clipped}. */
const moments = new Float64Array(3)

/**
 * Adds the moments beyond a limit to `moments`. The limit is `gap` from the mean on `side`; the count is `off` from the limit.
 */
function addBeyond(side: 1 | -1, gap: number, v: number, off: number, noise: number): void {
  const wide = v + DEMAND_SD * DEMAND_SD
  const root = Math.sqrt(wide)
  const centre = (gap * v) / wide
  const spread = (DEMAND_SD * Math.sqrt(v)) / root
  const z = (gap - centre) / spread
  const scale =
    ((DEMAND_SD / root) * Math.exp(-0.5 * ((off * off) / (noise * noise) + (gap * gap) / wide))) / noise / ROOT
  const dense = density(z)
  const mass = scale * cumulativeWith(-z, dense)
  const edge = scale * spread * dense
  moments[0] += mass
  moments[1] += side * (centre * mass + edge)
  moments[2] += (centre * centre + spread * spread) * mass + (2 * centre + spread * z) * edge
}

/**
 * Writes the shift of the mean and the new variance for an honest count to `out` and returns its density. A count is of the share
 * clipped to [0, 1]: a count of a full zone does not include the riders who went elsewhere. So the moments are the sum of those
 * below empty, between, and above full.
 */
function clipped(out: ShareUpdate, mean: number, v: number, share: number, noise: number): number {
  const total = v + noise * noise
  const gain = v / total
  const root = Math.sqrt(total)
  const shift = gain * (share - mean)
  const left = v * (1 - gain)
  const plain = density((share - mean) / root) / root
  out[0] = shift
  out[1] = left
  const far = FAR_SDS * Math.sqrt(v)
  const away = FAR_SDS * noise
  const isLow = mean < far && share < away
  const isHigh = 1 - mean < far && 1 - share < away
  const s = Math.sqrt(left)
  const low = -(mean + shift) / s
  const high = (1 - mean - shift) / s
  if (!isLow && !isHigh && low < -FAR_SDS && high > FAR_SDS) return plain
  const edgeLow = density(low)
  const edgeHigh = density(high)
  const inside = plain * (cumulativeWith(high, edgeHigh) - cumulativeWith(low, edgeLow))
  const drift = plain * s * (edgeLow - edgeHigh)
  moments[0] = inside
  moments[1] = shift * inside + drift
  moments[2] = (shift * shift + left) * inside + 2 * shift * drift + left * plain * (low * edgeLow - high * edgeHigh)
  if (isLow) addBeyond(-1, mean, v, share, noise)
  if (isHigh) addBeyond(1, 1 - mean, v, 1 - share, noise)
  // So far from the estimate that only rounding errors remain.
  if (!(moments[0] > 1e-12)) return plain
  out[0] = moments[1] / moments[0]
  out[1] = Math.max(0.02 * v, moments[2] / moments[0] - out[0] * out[0])
  return moments[0]
}

/** A share measured as `share` with sd `noise`, where `mean` and variance `v` were expected; `pi`: outlier probability. */
export function measured(out: ShareUpdate, mean: number, v: number, share: number, noise: number, pi: number): void {
  const honest = clipped(out, mean, v, share, noise)
  mix(out, v, out[0], out[1], honest, OUTLIER_DENSITY, pi)
}

/** As {@link measured} for a count of all spaces (`side` 1) or of none (-1). */
export function measuredLimit(
  out: ShareUpdate,
  mean: number,
  v: number,
  side: 1 | -1,
  noise: number,
  capacity: number,
  pi: number,
): void {
  // At a full zone, noise makes some riders report a free space; the further from full, the fewer report "full".
  const width = LIMIT_SD_PER_NOISE * noise
  const sharpness = cumulative(0.5 / capacity / noise) * width * ROOT
  const honest = clipped(out, mean, v, side === 1 ? 1 : 0, width) * sharpness
  mix(out, v, out[0], out[1], honest, extremeOutlierDensity(capacity), pi)
}

/** A share that is certainly above (`side` 1) or below (-1) `threshold`; `capacity` in spaces. */
export function censored(
  out: ShareUpdate,
  mean: number,
  v: number,
  side: 1 | -1,
  threshold: number,
  capacity: number,
  pi: number,
): void {
  const s = Math.sqrt(v)
  const z = (side * (mean - threshold)) / s
  const chance = Math.max(cumulative(z), 1e-9)
  // In the far tail the ratio of density to probability is -z to first order.
  const lambda = z < -5 ? -z - 1 / z : density(z) / chance
  const variance = Math.max(0.02 * v, v * (1 - lambda * (z + lambda)))
  mix(out, v, side * s * lambda, variance, chance, extremeOutlierDensity(capacity), pi)
}

/** Probability that an outlier reports "full" (or "empty") for a zone of this capacity. */
function extremeOutlierDensity(capacity: number): number {
  return 0.25 / capacity + 0.25
}
