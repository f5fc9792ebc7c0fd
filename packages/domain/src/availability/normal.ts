const SQRT2PI = Math.sqrt(2 * Math.PI)

/** Density of the standard normal. */
export function density(x: number): number {
  return Math.exp(-0.5 * x * x) / SQRT2PI
}

/**
 * Distribution function of the standard normal, absolute error below 7.5e-8
 * (Abramowitz and Stegun, Handbook of Mathematical Functions, 26.2.17).
 */
export function cumulative(x: number): number {
  return cumulativeWith(x, density(x))
}

/** The same with the density at `x` given, which saves an exponential. */
export function cumulativeWith(x: number, dense: number): number {
  const a = Math.abs(x)
  if (a > 38) return x > 0 ? 1 : 0
  const t = 1 / (1 + 0.231_641_9 * a)
  const poly =
    t * (0.319_381_53 + t * (-0.356_563_782 + t * (1.781_477_937 + t * (-1.821_255_978 + t * 1.330_274_429))))
  const upper = dense * poly
  return x >= 0 ? 1 - upper : upper
}
