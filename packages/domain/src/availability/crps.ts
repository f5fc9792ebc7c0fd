import { cumulative, density } from './normal.ts'

const ROOT2 = Math.SQRT2
const ROOT_PI = Math.sqrt(Math.PI)

/** Integral of the squared normal distribution function up to z, up to a constant. */
function squared(z: number): number {
  const below = cumulative(z)
  return z * below * below + 2 * density(z) * below - cumulative(ROOT2 * z) / ROOT_PI
}

/**
 * Continuous ranked probability score of a normal clipped to [0, 1] for the outcome `x` in [0, 1], in closed form: the integral of
 * the squared difference between the distribution functions of forecast and outcome.
 */
export function crpsOfClippedNormal(mean: number, sd: number, x: number): number {
  if (sd < 1e-6) return Math.abs(Math.min(1, Math.max(0, mean)) - x)
  const z = (x - mean) / sd
  const below = squared(z) - squared(-mean / sd)
  const above = squared(-z) - squared((mean - 1) / sd)
  return sd * (below + above)
}
