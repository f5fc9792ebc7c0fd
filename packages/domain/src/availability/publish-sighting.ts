import type { Availability, ExpectedSoon, Latest } from './availability.ts'
import { freeOfState, freeOfLevel, type FreeRange } from './free-states.ts'
import { CONSTANTS } from './model/constants.ts'
import { freeBySighting, stateOfSighting, type Sighting } from './sighting.ts'

// The estimate gives a first report about half of the weight, which is well calibrated over many reports. But the state must match
// what a rider has just seen. So the newest publishable sighting is published as the current state, with the estimate as the outlook.

const MINUTE = 60_000
/**
 * A sighting determines the state while it still holds with this probability. The estimate needs the same certainty for `full`
 * (chance of a space below 0.25) or `plenty` (0.75).
 */
const MIN_HOLDS_PROBABILITY = 0.75
/** Age in minutes from which no sighting determines the state: an older report does not describe the present (`FRESH_FOR_MS`). */
const MAX_SIGHTING_MINUTES = 30
/** Minutes ahead that still count as now, as for a stop nearby. Later times use the estimate. */
const NOW_MINUTES = 5
/** Minutes ahead of the outlook that is published with a sighting. */
export const EXPECTED_MINUTES = 20

/**
 * Probability that a sighting still holds after `minutes`: the probability that it was honest, times the share of motorcycles that
 * are still there by the model's turnover.
 */
export function holdsAfter(outlierProbability: number, minutes: number): number {
  return (1 - outlierProbability) * Math.exp(-Math.max(0, minutes) / CONSTANTS.tauFast)
}

/** Whether a sighting determines the state for `time`, as known at `now` (epoch milliseconds). */
export function isSightingInEffect({ at, outlierProbability }: Sighting, time: number, now: number): boolean {
  const minutes = (time - at) / MINUTE
  return (
    time <= now + NOW_MINUTES * MINUTE &&
    minutes < MAX_SIGHTING_MINUTES &&
    holdsAfter(outlierProbability, minutes) >= MIN_HOLDS_PROBABILITY
  )
}

/** A sighting as published: whether it `agrees` with the present estimate, and what the estimate `expected` soon after. */
export function latestOf(
  { at, count, level, source }: Sighting,
  agrees: boolean,
  expected: ExpectedSoon | null,
): Latest {
  return { kind: level === null ? 'count' : 'level', count, level, observedAt: at, source, agrees, expected }
}

/**
 * The answer while a sighting is in effect: the state is the sighted one, the figures are within the sighted range, and `latest`
 * describes the sighting.
 */
export function withSighting(
  estimate: Availability,
  sighting: Sighting,
  capacity: number | null,
  time: number,
  latest: Latest,
): Availability {
  const { at, source } = sighting
  const sighted = stateOfSighting(sighting, capacity)
  if (sighted === null) return { ...estimate, latest }
  const holds = holdsAfter(sighting.outlierProbability, (time - at) / MINUTE)
  const isSeen = estimate.source !== 'history' && estimate.source !== 'none'
  return {
    ...figures(estimate, sighting, capacity, holds),
    state: sighted,
    chance: (sighted === 'full' ? 0 : holds) + (1 - holds) * (estimate.chance ?? 0.5),
    observedAt: Math.max(at, estimate.observedAt ?? 0),
    source: isSeen ? estimate.source : source,
    reports: estimate.reports,
    reportsDisagree: estimate.reportsDisagree,
    capacityDoubted: estimate.capacityDoubted,
    latest,
  }
}

/** The figures: a count, blended with the estimate as it ages, or the estimate clamped to the range of a level. */
function figures(
  estimate: Availability,
  sighting: Sighting,
  capacity: number | null,
  holds: number,
): Pick<Availability, 'expectedFree' | 'freeLow' | 'freeHigh'> {
  if (capacity === null) return { expectedFree: null, freeLow: null, freeHigh: null }
  const counted = freeBySighting(sighting, capacity)
  const range = rangeOf(sighting, capacity)
  const within = (value: number | null, otherwise: number): number =>
    clamp(counted === null ? (value ?? otherwise) : holds * counted + (1 - holds) * (value ?? counted), range)
  return {
    expectedFree: within(estimate.expectedFree, (range.low + range.high) / 2),
    freeLow: Math.round(within(estimate.freeLow, range.low)),
    freeHigh: Math.round(within(estimate.freeHigh, range.high)),
  }
}

function rangeOf(sighting: Sighting, capacity: number): FreeRange {
  const state = stateOfSighting(sighting, capacity) ?? 'full'
  return (sighting.level === null ? freeOfState(state, capacity) : null) ?? freeOfLevel(state, capacity)
}

function clamp(value: number, { low, high }: FreeRange): number {
  return Math.min(high, Math.max(low, value))
}
