import { cumulative, density } from '../availability/normal.ts'
import { MAX_FULL_ZONES } from './plan.ts'

// A full bay raises the odds that the next one is full too, because a neighbourhood shares its demand. Zone i has a space where a
// latent demand is below a threshold; the demand is √r · field + √(1−r) · noise (a Gaussian copula), and the field has correlation
// exp(−distance / D). Given the field, zones are independent. So each zone has a chance in each of SCENARIOS fields; a full stop
// changes the weights of the scenarios, and with them the chances of later stops. The draws are fixed, mirrored and orthonormal, so
// that mean 0 and the correlations hold exactly with so few scenarios.

const HALF_SCENARIOS = 32
/** Maximum number of zones in one search: together with those seen full as many as there are draws. */
export const MAX_PLANNED: number = HALF_SCENARIOS - MAX_FULL_ZONES
export const SCENARIOS: number = 2 * HALF_SCENARIOS
/** Share of the variance of demand that neighbours share, and the distance over which the correlation falls by e. */
const SHARED_VARIANCE = 0.4
const CORRELATION_LENGTH_METRES = 350
const SHARED_SD = Math.sqrt(SHARED_VARIANCE)
const OWN_SD = Math.sqrt(1 - SHARED_VARIANCE)
/** Chances are clamped away from 0 and 1. */
const MAX_CHANCE = 0.999
const DRAWS: Float64Array = orthonormalDraws()

/** A fixed square table of approximately normal numbers; columns are orthogonal with mean square 1. */
function orthonormalDraws(): Float64Array {
  const table = new Float64Array(HALF_SCENARIOS * HALF_SCENARIOS)
  let state = 1
  const uniform = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return (state + 0.5) / 4_294_967_296
  }
  for (let column = 0; column < HALF_SCENARIOS; column += 1) {
    const at = column * HALF_SCENARIOS
    for (let s = 0; s < HALF_SCENARIOS; s += 1) {
      table[at + s] = Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform())
    }
    for (let other = 0; other < column; other += 1)
      addTimes(table, at, other * HALF_SCENARIOS, -dot(table, at, other * HALF_SCENARIOS) / HALF_SCENARIOS)
    const size = Math.sqrt(dot(table, at, at) / HALF_SCENARIOS)
    for (let s = 0; s < HALF_SCENARIOS; s += 1) table[at + s] /= size
  }
  return table
}

function dot(table: Float64Array, a: number, b: number): number {
  let sum = 0
  for (let s = 0; s < HALF_SCENARIOS; s += 1) sum += table[a + s] * table[b + s]
  return sum
}

function addTimes(table: Float64Array, to: number, from: number, factor: number): void {
  for (let s = 0; s < HALF_SCENARIOS; s += 1) table[to + s] += factor * table[from + s]
}

const lower = new Float64Array(HALF_SCENARIOS * HALF_SCENARIOS)

/**
 * Writes the shared field at `count` places (metres) to `out`: SCENARIOS numbers per place with mean 0 and variance 1.
 */
export function writeFields(east: Float64Array, north: Float64Array, count: number, out: Float64Array): void {
  for (let i = 0; i < count; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      let sum = i === j ? 1 : Math.exp(-Math.hypot(east[i] - east[j], north[i] - north[j]) / CORRELATION_LENGTH_METRES)
      for (let k = 0; k < j; k += 1) sum -= lower[i * HALF_SCENARIOS + k] * lower[j * HALF_SCENARIOS + k]
      // Two zones at the same place have the same field, so the pivot is 0.
      const pivot = lower[j * HALF_SCENARIOS + j]
      lower[i * HALF_SCENARIOS + j] = i === j ? Math.sqrt(Math.max(0, sum)) : pivot > 1e-6 ? sum / pivot : 0
    }
    for (let s = 0; s < HALF_SCENARIOS; s += 1) {
      let value = 0
      for (let k = 0; k <= i; k += 1) value += lower[i * HALF_SCENARIOS + k] * DRAWS[k * HALF_SCENARIOS + s]
      out[i * SCENARIOS + s] = value
      out[i * SCENARIOS + HALF_SCENARIOS + s] = -value
    }
  }
}

/**
 * Writes the chance of a space in each scenario to `out[at..]`: lower where the field is high, with mean `chance`. The field is at
 * `fields[field..]`. The threshold for that mean is found by Newton's method with bisection as a fallback.
 */
export function spreadChance(chance: number, fields: Float64Array, field: number, at: number, out: Float64Array): void {
  const goal = Math.min(MAX_CHANCE, Math.max(1 - MAX_CHANCE, chance))
  let low = -8
  let high = 8
  let threshold = 0
  for (let step = 0; step < 40; step += 1) {
    let mean = 0
    let slope = 0
    for (let s = 0; s < SCENARIOS; s += 1) {
      const z = (threshold - SHARED_SD * fields[field + s]) / OWN_SD
      const value = cumulative(z)
      out[at + s] = value
      mean += value
      slope += density(z)
    }
    const error = mean / SCENARIOS - goal
    if (Math.abs(error) < 1e-7) return
    if (error > 0) high = threshold
    else low = threshold
    const next = threshold - (error * SCENARIOS * OWN_SD) / slope
    threshold = next > low && next < high ? next : (low + high) / 2
  }
}
