import type { Availability, AvailabilitySource, AvailabilityState as StateName } from '../availability.ts'
import { plentyFrom, someFrom } from '../free-states.ts'
import { cumulative, density } from '../normal.ts'
import { chanceOfFree, NOTHING_KNOWN, type Basis } from '../publish.ts'
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

/** Half the 80 % range in standard deviations. */
const EIGHTY = 1.281_6
const FULL_BELOW = 0.25
const FEW_BELOW = 0.6
const PLENTY_FROM = 0.75
/** Nats by which an observation must still tell more than history does to be named as the source. */
const RECENT_FROM = 0.02
/** History alone is an answer once it is this sure of the occupied share (sd). */
const HISTORY_SD = 0.2

const scratch = createOutlooks(1)

/**
 * What a rider is told of a row at `minute` (since the epoch), `hourOfWeek` of the zone's local week. `capacity` is what is
 * published, or null; spaces are null without one, and never more than it. `basis` names the newest observation: the answer
 * keeps it while it still says more than history, then says `history`, and `unknown` where history knows too little.
 */
export function answerZone(
  state: EstimatorState,
  row: number,
  capacity: number | null,
  minute: number,
  hourOfWeek: number,
  basis: Basis,
  k: Constants = CONSTANTS,
): Availability {
  writeOutlook(state, row, capacity, weekPoint(hourOfWeek), k, scratch, 0)
  return answerOutlook(scratch, 0, capacity, minute, basis, k)
}

/** The same from an outlook that was written for the point of the week that `minute` lies in. */
export function answerOutlook(
  { numbers, times }: Outlooks,
  place: number,
  capacity: number | null,
  minute: number,
  basis: Basis,
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
  const source = sourceOf(numbers, n, filtered, variance, isSeen ? basis.source : 'history', f)
  // More bikes than the published capacity were seen: they are measured by the spaces that there must be.
  const c = numbers[n + OUTLOOK.capacity]
  const capacityDoubted = capacity !== null && c > capacity
  if (source === 'none') return { ...NOTHING_KNOWN, reports: basis.reports, capacityDoubted }
  const sd = Math.sqrt(k.publishFactor * variance)
  const mean = minute < times[t + OUTLOOK_TIME.readingUntil] ? numbers[n + OUTLOOK.reading] : filtered
  const chance = chanceOfFree(1, c, mean, sd)
  return {
    state: stateName(c, mean, sd, chance),
    expectedFree: capacity === null ? null : freeOf(1 - expectedOccupied(mean, sd), c, capacity),
    freeLow: capacity === null ? null : Math.round(freeOf(1 - clip(mean + EIGHTY * sd), c, capacity)),
    freeHigh: capacity === null ? null : Math.round(freeOf(1 - clip(mean - EIGHTY * sd), c, capacity)),
    chance,
    observedAt: source === 'history' ? null : basis.observedAt,
    source,
    reports: basis.reports,
    reportsDisagree: source !== 'history' && numbers[n + OUTLOOK.disagree] === 1,
    capacityDoubted,
    latest: null,
  }
}

/** `f` and `s`: what is left of the fast and the slow deviation. */
function varianceOf(numbers: Float32Array, n: number, f: number, s: number): number {
  const sum =
    numbers[n + OUTLOOK.usualVariance] +
    f * (f * numbers[n + OUTLOOK.fastFast] + s * numbers[n + OUTLOOK.fastSlow] + numbers[n + OUTLOOK.fastUsual]) +
    s * (s * numbers[n + OUTLOOK.slowSlow] + numbers[n + OUTLOOK.slowUsual])
  return Math.max(1e-9, sum)
}

/** Spaces free of `c`, of which only `capacity` are published. */
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
  const isHistory = usualVariance <= HISTORY_SD * HISTORY_SD
  if (source !== 'none' && source !== 'history') {
    if (gained(mean, variance, numbers[n + OUTLOOK.usual], usualVariance) >= RECENT_FROM) return source
    // The first reports of a zone are its history, too: for some hours they are told beside what is believed without them.
    const told = gained(mean, variance, numbers[n + OUTLOOK.unseen], numbers[n + OUTLOOK.unseenVariance])
    if (!isHistory && told * fading * fading >= RECENT_FROM) return source
  }
  return isHistory ? 'history' : 'none'
}

/** Nats by which a share is known better than by another belief. */
function gained(mean: number, variance: number, other: number, otherVariance: number): number {
  const ratio = variance / otherVariance
  return 0.5 * (ratio - 1 - Math.log(ratio) + (mean - other) ** 2 / otherVariance)
}

/** By chance, at the numbers of free spaces that `stateOfFree` names. */
function stateName(c: number, mean: number, sd: number, chance: number): StateName {
  if (chance < FULL_BELOW) return 'full'
  if (chanceOfFree(someFrom(c), c, mean, sd) < FEW_BELOW) return 'few'
  if (chanceOfFree(plentyFrom(c), c, mean, sd) >= PLENTY_FROM) return 'plenty'
  return 'some'
}

function clip(value: number): number {
  return Math.min(1, Math.max(0, value))
}

/** Mean of a normal share clipped to [0, 1] (AVAILABILITY §1). */
function expectedOccupied(mean: number, sd: number): number {
  const u = (1 - mean) / sd
  const l = -mean / sd
  return clip(1 - cumulative(u) + mean * (cumulative(u) - cumulative(l)) + sd * (density(l) - density(u)))
}
