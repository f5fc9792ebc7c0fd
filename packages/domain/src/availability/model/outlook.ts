import { STATE_PACKED, STATE_SIZE, type EstimatorState } from './columns.ts'
import type { Constants } from './constants.ts'
import { priorShare } from './forecast-share.ts'
import { gather, indices, spread, turnover, activeCount, weights, zoneScale } from './gather.ts'
import { ASSUMED_SPACES, doReportsDisagree } from './observe.ts'

// The estimate of a row for one five-minute point of the week. Within those minutes only the deviations decay, so mean and
// variance follow from a few numbers and two exponentials. An outlook is a fifteenth of a row and enough for an answer.

/** In zones up to this size the last sensor reading is a better mean than the filter's, for so many minutes. */
const MAX_SMALL_ZONE_SPACES = 20
const READING_VALID_MINUTES = 30

/** Indices of an outlook's numbers. The mean is usual + fast·f + slow·s, where f and s are the remaining shares of the deviations; the variance likewise. */
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
  prior: 11,
  priorVariance: 12,
  /** Occupied share of the last sensor reading, see `readingUntil`. */
  reading: 13,
  disagree: 14,
  /** Number of reports behind the outlook; written by its cache. */
  reports: 15,
} as const
export const OUTLOOK_SIZE = 16
/** Indices of an outlook's times: minutes since the epoch, except `reportedAt`. */
export const OUTLOOK_TIME = {
  /** Of the newest observation; 0 without observations. */
  at: 0,
  /** Until when the last sensor reading is the better mean. */
  readingUntil: 1,
  /** Epoch milliseconds of the newest report; written by the cache. */
  reportedAt: 2,
} as const
export const OUTLOOK_TIMES = 3

/** Many outlooks in contiguous arrays. */
export type Outlooks = { readonly numbers: Float32Array; readonly times: Float64Array }

export function createOutlooks(count: number): Outlooks {
  return { numbers: new Float32Array(count * OUTLOOK_SIZE), times: new Float64Array(count * OUTLOOK_TIMES) }
}

const priorOut = new Float64Array(2)

/** Writes the outlook of a row for a point of its week to index `to`. `published`: the published capacity, or null. */
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
  priorShare(state, row, point, k, priorOut)
  numbers[n + OUTLOOK.point] = point
  numbers[n + OUTLOOK.capacity] = columns.capacity[row]
  numbers[n + OUTLOOK.prior] = priorOut[0]
  numbers[n + OUTLOOK.priorVariance] = priorOut[1]
  numbers[n + OUTLOOK.disagree] = doReportsDisagree(state, row) ? 1 : 0
  times[t + OUTLOOK_TIME.at] = columns.at[row]
  times[t + OUTLOOK_TIME.readingUntil] = 0
  times[t + OUTLOOK_TIME.reportedAt] = 0
  if (columns.slot[row] < 0 || columns.at[row] === 0) {
    numbers[n + OUTLOOK.usual] = priorOut[0]
    numbers[n + OUTLOOK.usualVariance] = priorOut[1]
    return
  }
  writeShare(state, row, point, k, numbers, n)
  const share = lastReading(state, row)
  if (share === null) return
  numbers[n + OUTLOOK.reading] = share
  times[t + OUTLOOK_TIME.readingUntil] = columns.readingAt[row] + READING_VALID_MINUTES
}

/** `forecastShare` without the decay of the deviations. */
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
  for (let u = 2; u < activeCount; u += 1) {
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
 * The occupied share of the last sensor reading, where it is a better mean than the filter's: it is the newest observation, and
 * the zone is so small that one bike matters. Null otherwise. Also null for full and empty, where the filter's mean includes the
 * demand beyond the limit.
 */
function lastReading({ columns }: EstimatorState, row: number): number | null {
  const c = columns.capacity[row]
  const at = columns.readingAt[row]
  const isLast = at > 0 && Math.floor(columns.at[row]) <= at
  const last = columns.reading[row] / c
  return isLast && c <= MAX_SMALL_ZONE_SPACES && last > 0 && last < 1 ? last : null
}
