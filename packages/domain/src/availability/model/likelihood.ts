import { cumulative, density } from '../normal.ts'

/** Density of junk over the occupied share, where junk names a share between empty and full. */
const JUNK_DENSITY = 0.5

/**
 * What an observation says of the occupied share, before it is spread over the state. Written by the functions below, so
 * that an observation allocates nothing: [0] shift of the mean, [1] the new variance, [2] probability that it was honest,
 * [3] that probability with even odds beforehand (for the reporter's record).
 */
export type Reading = Float64Array

/** Mixture of "honest" and "junk" matched in mean and variance (AVAILABILITY §1). */
function mix(out: Reading, v: number, shift: number, honestVariance: number, honest: number, junk: number, pi: number) {
  const w = ((1 - pi) * honest) / ((1 - pi) * honest + pi * junk)
  out[0] = w * shift
  out[1] = w * honestVariance + (1 - w) * v + w * (1 - w) * shift * shift
  out[2] = w
  out[3] = honest / (honest + junk)
}

/** The occupied share was read as `share` with sd `noise`; expected were `mean` and variance `v`; `pi` that it is junk. */
export function measured(out: Reading, mean: number, v: number, share: number, noise: number, pi: number): void {
  const total = v + noise * noise
  const error = share - mean
  const s = Math.sqrt(total)
  const gain = v / total
  mix(out, v, gain * error, v * (1 - gain), density(error / s) / s, JUNK_DENSITY, pi)
}

/**
 * The share is known only to lie above (`side` 1) or below (-1) `threshold`, told with sd `noise`; `capacity` in spaces.
 */
export function censored(
  out: Reading,
  mean: number,
  v: number,
  side: 1 | -1,
  threshold: number,
  noise: number,
  capacity: number,
  pi: number,
): void {
  const s2 = v + noise * noise
  const s = Math.sqrt(s2)
  const z = (side * (mean - threshold)) / s
  const chance = Math.max(cumulative(z), 1e-9)
  // Far out the ratio of two vanishing numbers is -z to first order.
  const lambda = z < -5 ? -z - 1 / z : density(z) / chance
  const variance = Math.max(0.02 * v, v - ((v * v) / s2) * lambda * (z + lambda))
  mix(out, v, (side * v * lambda) / s, variance, chance, Math.max(0.25 / capacity + 0.25, 1e-4), pi)
}
