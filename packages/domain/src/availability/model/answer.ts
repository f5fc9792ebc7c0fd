import type { Availability, AvailabilitySource, AvailabilityState as StateName } from '../availability.ts'
import { plentyFrom, someFrom } from '../free-states.ts'
import { cumulative, density } from '../normal.ts'
import { chanceOfFree, NOTHING_KNOWN, type AnswerSource } from '../publish.ts'
import { weekPoint } from './week-basis.ts'
import type { EstimatorState } from './columns.ts'
import { CONSTANTS, type Constants } from './constants.ts'
import {
  createOutlooks,
  OUTLOOK,
  OUTLOOK_SIZE,
  OUTLOOK_TIME,
  OUTLOOK_TIMES,
  writeOutlook,
  type Outlooks,
} from './outlook.ts'

/** Half the width of the 80 % range in standard deviations. */
const RANGE_80_SDS = 1.281_6
/** Bounds of the states on the probability of enough free spaces. */
const FULL_BELOW_CHANCE = 0.25
const FEW_BELOW_CHANCE = 0.6
const PLENTY_FROM_CHANCE = 0.75
/** An observation is the source of an answer while it adds at least so much information to history, in nats. */
const MIN_RECENT_NATS = 0.02
/** History alone is published up to this sd of the occupied share. */
const MAX_HISTORY_SD = 0.2

const scratch = createOutlooks(1)

/**
 * The published availability of a row at `minute` (since the epoch), `hourOfWeek` of the zone's local week. `capacity` is the
 * published one, or null; free spaces are null without it, and never more than it. `answerSource` describes the newest observation,
 * which is the source while it adds information to history. After that the source is `history`, or `none` where history is too
 * uncertain.
 */
export function answerZone(
  state: EstimatorState,
  row: number,
  capacity: number | null,
  minute: number,
  hourOfWeek: number,
  answerSource: AnswerSource,
  k: Constants = CONSTANTS,
): Availability {
  writeOutlook(state, row, capacity, weekPoint(hourOfWeek), k, scratch, 0)
  return answerOutlook(scratch, 0, capacity, minute, answerSource, k)
}

/** The same from an outlook, written for the point of the week of `minute`. */
export function answerOutlook(
  { numbers, times }: Outlooks,
  place: number,
  capacity: number | null,
  minute: number,
  answerSource: AnswerSource,
  k: Constants = CONSTANTS,
): Availability {
  const n = place * OUTLOOK_SIZE
  const t = place * OUTLOOK_TIMES
  const elapsed = Math.max(0, minute - times[t + OUTLOOK_TIME.at])
  const f = Math.exp(-elapsed / k.tauFast)
  const s = Math.exp(-elapsed / k.tauSlow)
  const filtered = numbers[n + OUTLOOK.usual] + f * numbers[n + OUTLOOK.fast] + s * numbers[n + OUTLOOK.slow]
  const variance = varianceOf(numbers, n, f, s)
  const isSeen = times[t + OUTLOOK_TIME.at] > 0
  const source = sourceOf(numbers, n, filtered, variance, isSeen ? answerSource.source : 'history', f)
  // Where more bikes were seen than the published capacity, shares are of the number of bikes seen.
  const c = numbers[n + OUTLOOK.capacity]
  const capacityDoubted = capacity !== null && c > capacity
  if (source === 'none') return { ...NOTHING_KNOWN, reports: answerSource.reports, capacityDoubted }
  const sd = Math.sqrt(k.publishFactor * variance)
  const mean = minute < times[t + OUTLOOK_TIME.readingUntil] ? numbers[n + OUTLOOK.reading] : filtered
  const chance = chanceOfFree(1, c, mean, sd)
  return {
    state: stateName(c, mean, sd, chance),
    expectedFree: capacity === null ? null : freeOf(1 - expectedOccupied(mean, sd), c, capacity),
    freeLow: capacity === null ? null : Math.round(freeOf(1 - clip(mean + RANGE_80_SDS * sd), c, capacity)),
    freeHigh: capacity === null ? null : Math.round(freeOf(1 - clip(mean - RANGE_80_SDS * sd), c, capacity)),
    chance,
    observedAt: source === 'history' ? null : answerSource.observedAt,
    source,
    reports: answerSource.reports,
    reportsDisagree: source !== 'history' && numbers[n + OUTLOOK.disagree] === 1,
    capacityDoubted,
    latest: null,
  }
}

/** `f` and `s`: the remaining shares of the fast and the slow deviation. */
function varianceOf(numbers: Float32Array, n: number, f: number, s: number): number {
  const sum =
    numbers[n + OUTLOOK.usualVariance] +
    f * (f * numbers[n + OUTLOOK.fastFast] + s * numbers[n + OUTLOOK.fastSlow] + numbers[n + OUTLOOK.fastUsual]) +
    s * (s * numbers[n + OUTLOOK.slowSlow] + numbers[n + OUTLOOK.slowUsual])
  return Math.max(1e-9, sum)
}

/** Free spaces of `c`, at most the published `capacity`. */
function freeOf(freeShare: number, c: number, capacity: number): number {
  return Math.min(capacity, Math.max(0, c * freeShare))
}

function sourceOf(
  numbers: Float32Array,
  n: number,
  mean: number,
  variance: number,
  source: AvailabilitySource,
  fading: number,
): AvailabilitySource {
  const usualVariance = numbers[n + OUTLOOK.usualVariance]
  const isHistory = usualVariance <= MAX_HISTORY_SD * MAX_HISTORY_SD
  if (source !== 'none' && source !== 'history') {
    if (informationGain(mean, variance, numbers[n + OUTLOOK.usual], usualVariance) >= MIN_RECENT_NATS) return source
    // The first reports of a zone are also its whole history. For some hours they are compared with the prior instead.
    const overPrior = informationGain(mean, variance, numbers[n + OUTLOOK.prior], numbers[n + OUTLOOK.priorVariance])
    if (!isHistory && overPrior * fading * fading >= MIN_RECENT_NATS) return source
  }
  return isHistory ? 'history' : 'none'
}

/** Information gain over another distribution of the share (Kullback–Leibler divergence), nats. */
function informationGain(mean: number, variance: number, other: number, otherVariance: number): number {
  const ratio = variance / otherVariance
  return 0.5 * (ratio - 1 - Math.log(ratio) + (mean - other) ** 2 / otherVariance)
}

/** The state by the probability of the numbers of free spaces that `stateOfFree` uses. */
function stateName(c: number, mean: number, sd: number, chance: number): StateName {
  if (chance < FULL_BELOW_CHANCE) return 'full'
  if (chanceOfFree(someFrom(c), c, mean, sd) < FEW_BELOW_CHANCE) return 'few'
  if (chanceOfFree(plentyFrom(c), c, mean, sd) >= PLENTY_FROM_CHANCE) return 'plenty'
  return 'some'
}

function clip(value: number): number {
  return Math.min(1, Math.max(0, value))
}

/** Mean of a normal share clipped to [0, 1] (docs/estimation.md §1). */
function expectedOccupied(mean: number, sd: number): number {
  const u = (1 - mean) / sd
  const l = -mean / sd
  return clip(1 - cumulative(u) + mean * (cumulative(u) - cumulative(l)) + sd * (density(l) - density(u)))
}
