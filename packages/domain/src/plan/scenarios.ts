import { cumulative, density } from '../availability/normal.ts'
import { MAX_FULL } from './plan.ts'

// A full bay raises the odds that the next one is full too: demand is shared by a neighbourhood. Whether zone i has a space
// is "latent demand below a threshold", the demand being √r · field + √(1−r) · own luck (a Gaussian copula), the field
// having correlation exp(−distance / D). Given the field zones are independent, so we lay SCENARIOS fields over the candidates
// and keep each zone's chance in each of them: a failure then weighs scenarios, and later chances follow by themselves.
// The draws are fixed, mirrored, and made orthonormal, so that mean 0 and the correlations hold exactly over so few.

const HALF = 32
/** Zones that one search may go to: with those seen full no more than there are draws. */
export const MAX_PLANNED: number = HALF - MAX_FULL
export const SCENARIOS: number = 2 * HALF
/** Share of the variance of demand that neighbours have in common, and metres over which that falls by e. */
const SHARED = 0.4
const CORRELATION_LENGTH_METRES = 350
const SHARED_ROOT = Math.sqrt(SHARED)
const OWN = Math.sqrt(1 - SHARED)
/** Chances are never quite 0 or 1: nobody can be that sure. */
const SUREST = 0.999
const DRAWS: Float64Array = orthonormalDraws()

/** A fixed table of HALF × HALF numbers, normal-like, columns orthogonal with mean square 1. */
function orthonormalDraws(): Float64Array {
  const table = new Float64Array(HALF * HALF)
  let state = 1
  const uniform = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return (state + 0.5) / 4_294_967_296
  }
  for (let column = 0; column < HALF; column += 1) {
    const at = column * HALF
    for (let s = 0; s < HALF; s += 1) {
      table[at + s] = Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform())
    }
    for (let other = 0; other < column; other += 1)
      addTimes(table, at, other * HALF, -dot(table, at, other * HALF) / HALF)
    const size = Math.sqrt(dot(table, at, at) / HALF)
    for (let s = 0; s < HALF; s += 1) table[at + s] /= size
  }
  return table
}

function dot(table: Float64Array, a: number, b: number): number {
  let sum = 0
  for (let s = 0; s < HALF; s += 1) sum += table[a + s] * table[b + s]
  return sum
}

function addTimes(table: Float64Array, to: number, from: number, factor: number): void {
  for (let s = 0; s < HALF; s += 1) table[to + s] += factor * table[from + s]
}

const lower = new Float64Array(HALF * HALF)

/**
 * Writes the shared field at `count` places (metres) into `out`: SCENARIOS numbers a place, of mean 0 and variance 1.
 */
export function layFields(east: Float64Array, north: Float64Array, count: number, out: Float64Array): void {
  for (let i = 0; i < count; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      let sum = i === j ? 1 : Math.exp(-Math.hypot(east[i] - east[j], north[i] - north[j]) / CORRELATION_LENGTH_METRES)
      for (let k = 0; k < j; k += 1) sum -= lower[i * HALF + k] * lower[j * HALF + k]
      // Two zones in the same place leave nothing of their own.
      const pivot = lower[j * HALF + j]
      lower[i * HALF + j] = i === j ? Math.sqrt(Math.max(0, sum)) : pivot > 1e-6 ? sum / pivot : 0
    }
    for (let s = 0; s < HALF; s += 1) {
      let value = 0
      for (let k = 0; k <= i; k += 1) value += lower[i * HALF + k] * DRAWS[k * HALF + s]
      out[i * SCENARIOS + s] = value
      out[i * SCENARIOS + HALF + s] = -value
    }
  }
}

/**
 * Writes the chance of a space in each scenario to `out[at..]`: less where the field is high, and `chance` in the mean.
 * `fields[field..]` is the field there. The threshold that gives that mean is found by bisection and Newton's steps.
 */
export function spreadChance(chance: number, fields: Float64Array, field: number, at: number, out: Float64Array): void {
  const goal = Math.min(SUREST, Math.max(1 - SUREST, chance))
  let low = -8
  let high = 8
  let threshold = 0
  for (let step = 0; step < 40; step += 1) {
    let mean = 0
    let slope = 0
    for (let s = 0; s < SCENARIOS; s += 1) {
      const z = (threshold - SHARED_ROOT * fields[field + s]) / OWN
      const value = cumulative(z)
      out[at + s] = value
      mean += value
      slope += density(z)
    }
    const error = mean / SCENARIOS - goal
    if (Math.abs(error) < 1e-7) return
    if (error > 0) high = threshold
    else low = threshold
    const next = threshold - (error * SCENARIOS * OWN) / slope
    threshold = next > low && next < high ? next : (low + high) / 2
  }
}
