import type { Availability, AvailabilitySource, AvailabilityState as StateName } from '../availability.ts'
import { cumulative, density } from '../normal.ts'
import { chanceOfFree, NOTHING_KNOWN, type Basis } from '../publish.ts'
import { weekPoint } from './basis.ts'
import type { EstimatorState } from './columns.ts'
import { CONSTANTS, type Constants } from './constants.ts'
import { forecastShare, poolShare } from './forecast-share.ts'
import { ASSUMED_SPACES, doReportsDisagree, isCapacityDoubted } from './observe.ts'

/** Half the 80 % range in standard deviations. */
const EIGHTY = 1.281_6
const FULL_BELOW = 0.25
const FEW_BELOW = 0.6
const PLENTY_FROM = 0.75
/** Nats by which an observation must still tell more than history does to be named as the source. */
const RECENT_FROM = 0.02
/** History alone is an answer once it is this sure of the occupied share (sd). */
const HISTORY_SD = 0.2

/** Spaces up to which a machine's last word is the better mean, and for how many minutes. */
const SMALL = 20
const READING_KEPT = 30

const share = new Float64Array(4)
const unseen = new Float64Array(2)

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
  if (state.columns.capacity[row] === 0) state.columns.capacity[row] = capacity ?? ASSUMED_SPACES
  forecastShare(state, row, minute, weekPoint(hourOfWeek), k, share)
  const [, variance] = share
  const source = sourceOf(state, row, minute, weekPoint(hourOfWeek), basis.source, k)
  const capacityDoubted = isCapacityDoubted(state, row, capacity)
  if (source === 'none') return { ...NOTHING_KNOWN, reports: basis.reports, capacityDoubted }
  // More bikes than the published capacity were seen: they are measured by the spaces that there must be.
  const c = state.columns.capacity[row]
  const sd = Math.sqrt(k.publishFactor * variance)
  const mean = lastReading(state, row, minute) ?? share[0]
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
    reportsDisagree: source !== 'history' && doReportsDisagree(state, row),
    capacityDoubted,
  }
}

/**
 * The occupied share that a machine gave last, where it is the better mean than the filter's: it said so within half an hour
 * of `minute`, nothing was seen since, and the zone is small, where one bike is much of it. Null otherwise, and where it said
 * full or empty, beyond which the filter's mean tells how much more would have come or gone.
 */
function lastReading({ columns }: EstimatorState, row: number, minute: number): number | null {
  const c = columns.capacity[row]
  const at = columns.readingAt[row]
  const isLast = at > 0 && Math.floor(columns.at[row]) <= at
  const last = columns.reading[row] / c
  return isLast && c <= SMALL && minute - at < READING_KEPT && last > 0 && last < 1 ? last : null
}

/** Spaces free of `c`, of which only `capacity` are published. */
function freeOf(freeShare: number, c: number, capacity: number): number {
  return Math.min(capacity, Math.max(0, c * freeShare))
}

function sourceOf(
  state: EstimatorState,
  row: number,
  minute: number,
  point: number,
  source: AvailabilitySource,
  k: Constants,
): AvailabilitySource {
  const [mean, variance, usual, usualVariance] = share
  const isHistory = usualVariance <= HISTORY_SD * HISTORY_SD
  if (state.columns.at[row] > 0 && source !== 'none' && source !== 'history') {
    if (gained(mean, variance, usual, usualVariance) >= RECENT_FROM) return source
    if (!isHistory) {
      // The first reports of a zone are its history, too: for some hours they are told beside what is believed without them.
      poolShare(state, row, point, k, unseen)
      const fading = Math.exp((-2 * Math.max(0, minute - state.columns.at[row])) / k.tauFast)
      if (gained(mean, variance, unseen[0], unseen[1]) * fading >= RECENT_FROM) return source
    }
  }
  return isHistory ? 'history' : 'none'
}

/** Nats by which a share is known better than by another belief. */
function gained(mean: number, variance: number, other: number, otherVariance: number): number {
  const ratio = variance / otherVariance
  return 0.5 * (ratio - 1 - Math.log(ratio) + (mean - other) ** 2 / otherVariance)
}

/** By chance, not by count: two free of two hundred is nearly full, two free of three is not. */
function stateName(c: number, mean: number, sd: number, chance: number): StateName {
  if (chance < FULL_BELOW) return 'full'
  if (chanceOfFree(Math.max(1, 0.1 * c), c, mean, sd) < FEW_BELOW) return 'few'
  if (chanceOfFree(Math.max(2, 0.3 * c), c, mean, sd) >= PLENTY_FROM) return 'plenty'
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
