import { chanceOfFree, crpsOfClippedNormal } from '@kickstand/domain'

const BINS = 10
const RANGE_80_SDS = 1.281_551_6

export type Scores = {
  readonly n: number
  readonly mae: number
  readonly brier10: number
  readonly brier1: number
  readonly crps: number
  readonly coverage80: number
  readonly width80: number
  readonly ece: number
}

/** Sums of the scores of many forecasts, and outcomes by forecast chance. */
export type Tally = {
  n: number
  readonly sums: Float64Array
  /** Number of forecasts, sum of their chances and number of positive outcomes, by tenth of the chance of at least 10 % free. */
  readonly bins: Float64Array
}

export function createTally(): Tally {
  return { n: 0, sums: new Float64Array(6), bins: new Float64Array(3 * BINS) }
}

/** Scores one forecast of the occupied share (normal, clipped to [0, 1]) against the true share. */
export function score(tally: Tally, mean: number, sd: number, truth: number, capacity: number): void {
  const free = Math.round(capacity * (1 - truth))
  const tenth = Math.ceil(0.1 * capacity)
  const chance10 = chanceOfFree(tenth, capacity, mean, sd)
  const chance1 = chanceOfFree(1, capacity, mean, sd)
  const came10 = free >= tenth ? 1 : 0
  const low = clip(mean - RANGE_80_SDS * sd)
  const high = clip(mean + RANGE_80_SDS * sd)
  const { sums, bins } = tally
  tally.n += 1
  sums[0] += Math.abs(clip(mean) - truth)
  sums[1] += (chance10 - came10) ** 2
  sums[2] += (chance1 - (free >= 1 ? 1 : 0)) ** 2
  sums[3] += crpsOfClippedNormal(mean, sd, truth)
  sums[4] += Math.round(capacity * (1 - high)) <= free && free <= Math.round(capacity * (1 - low)) ? 1 : 0
  sums[5] += high - low
  const bin = 3 * Math.min(BINS - 1, Math.floor(chance10 * BINS))
  bins[bin] += 1
  bins[bin + 1] += chance10
  bins[bin + 2] += came10
}

export function merge(into: Tally, from: Tally): void {
  into.n += from.n
  from.sums.forEach((value, i) => (into.sums[i] += value))
  from.bins.forEach((value, i) => (into.bins[i] += value))
}

export function scoresOf({ n, sums, bins }: Tally): Scores {
  let apart = 0
  for (let bin = 0; bin < bins.length; bin += 3) apart += Math.abs(bins[bin + 1] - bins[bin + 2])
  const [mae, brier10, brier1, crps, coverage80, width80] = Array.from(sums, (sum) => sum / n)
  return { n, mae, brier10, brier1, crps, coverage80, width80, ece: apart / n }
}

function clip(share: number): number {
  return Math.min(1, Math.max(0, share))
}
