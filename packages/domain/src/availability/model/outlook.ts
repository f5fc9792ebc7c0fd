import { STATE_PACKED, STATE_SIZE, type EstimatorState } from './columns.ts'
import type { Constants } from './constants.ts'
import { priorShare } from './forecast-share.ts'
import { gather, indices, spread, turnover, used, weights, zoneScale } from './gather.ts'
import { ASSUMED_SPACES, doReportsDisagree } from './observe.ts'

// What a row says for one five-minute point of the week. Within those minutes only the deviations fade, so mean and variance
// follow from a few numbers and two exponentials: a fifteenth of the row, and all that an answer has to look at.

/** Spaces up to which a machine's last word is the better mean, and for how many minutes. */
const SMALL = 20
const READING_KEPT = 30

/** Places of an outlook's numbers. The mean at a time is USUAL + FAST·f + SLOW·s with f and s the rests of both deviations; the variance likewise. */
export const OUTLOOK = {
  point: 0,
  capacity: 1,
  usual: 2,
  usualVariance: 3,
  fast: 4,
  slow: 5,
  fastFast: 6,
  slowSlow: 7,
  fastSlow: 8,
  fastUsual: 9,
  slowUsual: 10,
  unseen: 11,
  unseenVariance: 12,
  /** Occupied share that a machine gave last, see `readingUntil`. */
  reading: 13,
  disagree: 14,
  /** For whoever keeps outlooks: reports that it rests on. */
  reports: 15,
} as const
export const OUTLOOK_SIZE = 16
/** Places of its times: minutes since the epoch, and epoch milliseconds of the newest report. */
export const OUTLOOK_TIME = {
  /** Of the newest observation; 0 where nothing was seen. */
  at: 0,
  /** Until when the machine's last word is the better mean. */
  readingUntil: 1,
  /** For whoever keeps outlooks. */
  reportedAt: 2,
} as const
export const OUTLOOK_TIMES = 3

/** Many outlooks, one after the other. */
export type Outlooks = { readonly numbers: Float32Array; readonly times: Float64Array }

export function createOutlooks(count: number): Outlooks {
  return { numbers: new Float32Array(count * OUTLOOK_SIZE), times: new Float64Array(count * OUTLOOK_TIMES) }
}

const unseen = new Float64Array(2)

/** Writes the outlook of a row of `state` for a point of its week to place `to`. `published` as in `answerZone`. */
export function writeOutlook(
  state: EstimatorState,
  row: number,
  published: number | null,
  point: number,
  k: Constants,
  { numbers, times }: Outlooks,
  to: number,
): void {
  const { columns } = state
  if (columns.capacity[row] === 0) columns.capacity[row] = published ?? ASSUMED_SPACES
  const n = to * OUTLOOK_SIZE
  const t = to * OUTLOOK_TIMES
  numbers.fill(0, n, n + OUTLOOK_SIZE)
  priorShare(state, row, point, k, unseen)
  numbers[n + OUTLOOK.point] = point
  numbers[n + OUTLOOK.capacity] = columns.capacity[row]
  numbers[n + OUTLOOK.unseen] = unseen[0]
  numbers[n + OUTLOOK.unseenVariance] = unseen[1]
  numbers[n + OUTLOOK.disagree] = doReportsDisagree(state, row) ? 1 : 0
  times[t + OUTLOOK_TIME.at] = columns.at[row]
  times[t + OUTLOOK_TIME.readingUntil] = 0
  times[t + OUTLOOK_TIME.reportedAt] = 0
  if (columns.slot[row] < 0 || columns.at[row] === 0) {
    numbers[n + OUTLOOK.usual] = unseen[0]
    numbers[n + OUTLOOK.usualVariance] = unseen[1]
    return
  }
  writeShare(state, row, point, k, numbers, n)
  const share = lastReading(state, row)
  if (share === null) return
  numbers[n + OUTLOOK.reading] = share
  times[t + OUTLOOK_TIME.readingUntil] = columns.readingAt[row] + READING_KEPT
}

/** `forecastShare` with the deviations left open. */
function writeShare(
  state: EstimatorState,
  row: number,
  point: number,
  k: Constants,
  to: Float32Array,
  n: number,
): void {
  const { columns, learned } = state
  const slot = columns.slot[row]
  const xo = slot * STATE_SIZE
  const po = slot * STATE_PACKED
  gather(point)
  let m = 0
  let usual = 0
  let withFast = 0
  let withSlow = 0
  for (let u = 2; u < used; u += 1) {
    m += weights[u] * learned.mean[xo + indices[u]]
    const start = po + (indices[u] * (indices[u] + 1)) / 2
    let sum = 0
    for (let i = 2; i < u; i += 1) sum += weights[i] * learned.covariance[start + indices[i]]
    usual += weights[u] * (2 * sum + weights[u] * learned.covariance[start + indices[u]])
    withFast += weights[u] * learned.covariance[start]
    withSlow += weights[u] * learned.covariance[start + 1]
  }
  const q = spread(m, k)
  const g = Math.min(2, Math.sqrt(q / spread(columns.profileAt[row], k)))
  const scale = zoneScale(state, row, k)
  const sf = (k.psi / columns.capacity[row]) * turnover(m) + k.thetaFast * scale * q
  const ss = k.thetaSlow * scale * q
  to[n + OUTLOOK.usual] = m
  to[n + OUTLOOK.usualVariance] = Math.max(1e-9, usual) + sf + ss
  to[n + OUTLOOK.fast] = g * learned.mean[xo]
  to[n + OUTLOOK.slow] = g * learned.mean[xo + 1]
  to[n + OUTLOOK.fastFast] = g * g * learned.covariance[po] - sf
  to[n + OUTLOOK.slowSlow] = g * g * learned.covariance[po + 2] - ss
  to[n + OUTLOOK.fastSlow] = 2 * g * g * learned.covariance[po + 1]
  to[n + OUTLOOK.fastUsual] = 2 * g * withFast
  to[n + OUTLOOK.slowUsual] = 2 * g * withSlow
}

/**
 * The occupied share that a machine gave last, where it is the better mean than the filter's: nothing was seen since, and the
 * zone is small, where one bike is much of it. Null otherwise, and where it said full or empty, beyond which the filter's mean
 * tells how much more would have come or gone.
 */
function lastReading({ columns }: EstimatorState, row: number): number | null {
  const c = columns.capacity[row]
  const at = columns.readingAt[row]
  const isLast = at > 0 && Math.floor(columns.at[row]) <= at
  const last = columns.reading[row] / c
  return isLast && c <= SMALL && last > 0 && last < 1 ? last : null
}
