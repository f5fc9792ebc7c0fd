import { cumulative, cumulativeWith, density } from '../normal.ts'

/** Density of outliers over the occupied share, where one names a share between empty and full. */
const OUTLIER_DENSITY = 0.5

/**
 * What an observation says of the occupied share, before it is spread over the state. Written by the functions below, so
 * that an observation allocates nothing: [0] shift of the mean, [1] the new variance, [2] probability that it was honest,
 * [3] that probability with even odds beforehand (for the reporter's record).
 */
export type Reading = Float64Array

/** Mixture of an honest report and an outlier, matched in mean and variance (AVAILABILITY §1). */
function mix(
  out: Reading,
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

/** How far beyond empty and full demand goes, as a share of the capacity (sd): the more, the less likely. */
const BEYOND = 0.4
/** Where the chance of saying full, a step blurred by noise, is taken for half a normal: its sd over the noise. */
const LIMIT_WIDTH = 0.85
/** Standard deviations from a limit beyond which neither the belief nor the count has anything to do with it. */
const FAR = 3

const ROOT = Math.sqrt(2 * Math.PI)

/** Mass, first and second moment about the mean, of what is believed of an honest count; see {@link clipped}. */
const moments = new Float64Array(3)

/**
 * Adds what lies beyond the limit that is `gap` from the mean towards `side`, where a count is `off` from that limit.
 */
function addBeyond(side: 1 | -1, gap: number, v: number, off: number, noise: number): void {
  const wide = v + BEYOND * BEYOND
  const root = Math.sqrt(wide)
  const centre = (gap * v) / wide
  const spread = (BEYOND * Math.sqrt(v)) / root
  const z = (gap - centre) / spread
  const scale = ((BEYOND / root) * Math.exp(-0.5 * ((off * off) / (noise * noise) + (gap * gap) / wide))) / noise / ROOT
  const dense = density(z)
  const mass = scale * cumulativeWith(-z, dense)
  const edge = scale * spread * dense
  moments[0] += mass
  moments[1] += side * (centre * mass + edge)
  moments[2] += (centre * centre + spread * spread) * mass + (2 * centre + spread * z) * edge
}

/**
 * Leaves the shift of the mean and the new variance of an honest count in `out`, and returns its density. What is counted is
 * the share clipped to [0, 1]: whoever counts a full zone says nothing of how many more would have come. So moments are added
 * up over below empty, between, and above full.
 */
function clipped(out: Reading, mean: number, v: number, share: number, noise: number): number {
  const total = v + noise * noise
  const gain = v / total
  const root = Math.sqrt(total)
  const shift = gain * (share - mean)
  const left = v * (1 - gain)
  const plain = density((share - mean) / root) / root
  out[0] = shift
  out[1] = left
  const far = FAR * Math.sqrt(v)
  const away = FAR * noise
  const isLow = mean < far && share < away
  const isHigh = 1 - mean < far && 1 - share < away
  const s = Math.sqrt(left)
  const low = -(mean + shift) / s
  const high = (1 - mean - shift) / s
  if (!isLow && !isHigh && low < -FAR && high > FAR) return plain
  const edgeLow = density(low)
  const edgeHigh = density(high)
  const inside = plain * (cumulativeWith(high, edgeHigh) - cumulativeWith(low, edgeLow))
  const drift = plain * s * (edgeLow - edgeHigh)
  moments[0] = inside
  moments[1] = shift * inside + drift
  moments[2] = (shift * shift + left) * inside + 2 * shift * drift + left * plain * (low * edgeLow - high * edgeHigh)
  if (isLow) addBeyond(-1, mean, v, share, noise)
  if (isHigh) addBeyond(1, 1 - mean, v, 1 - share, noise)
  // So far from all that is believed that only rounding is left of it.
  if (!(moments[0] > 1e-12)) return plain
  out[0] = moments[1] / moments[0]
  out[1] = Math.max(0.02 * v, moments[2] / moments[0] - out[0] * out[0])
  return moments[0]
}

/** The occupied share was read as `share` with sd `noise`; expected were `mean` and variance `v`; `pi` that it is an outlier. */
export function measured(out: Reading, mean: number, v: number, share: number, noise: number, pi: number): void {
  const honest = clipped(out, mean, v, share, noise)
  mix(out, v, out[0], out[1], honest, OUTLIER_DENSITY, pi)
}

/** As {@link measured} where the count was of all spaces (`side` 1) or of none (-1). */
export function measuredLimit(
  out: Reading,
  mean: number,
  v: number,
  side: 1 | -1,
  noise: number,
  capacity: number,
  pi: number,
): void {
  // Of those who see it so, noise makes some say that a space was left; the fewer say "full" the further from it.
  const width = LIMIT_WIDTH * noise
  const said = cumulative(0.5 / capacity / noise) * width * ROOT
  const honest = clipped(out, mean, v, side === 1 ? 1 : 0, width) * said
  mix(out, v, out[0], out[1], honest, extremeOutlierDensity(capacity), pi)
}

/** The share is known only to lie above (`side` 1) or below (-1) `threshold`, surely; `capacity` in spaces. */
export function censored(
  out: Reading,
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
  // Far out the ratio of two vanishing numbers is -z to first order.
  const lambda = z < -5 ? -z - 1 / z : density(z) / chance
  const variance = Math.max(0.02 * v, v * (1 - lambda * (z + lambda)))
  mix(out, v, side * s * lambda, variance, chance, extremeOutlierDensity(capacity), pi)
}

/** Probability that an outlier says "full" (or "empty") of a zone of so many spaces. */
function extremeOutlierDensity(capacity: number): number {
  return 0.25 / capacity + 0.25
}
