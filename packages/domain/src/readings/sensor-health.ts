// Whether the readings of a sensor are plausible, by themselves and compared with riders' reports. A frozen or implausible sensor
// stays assigned to its zone. Its readings do not count until they change, or agree with the reports again.

const HOUR_MS = 60 * 60_000
/** Minimum number of changes before a sensor is compared with its own past; until then only its feed is checked. */
const MIN_SPELLS = 8
/** A value unchanged for less than this is never suspicious. */
const MIN_STILL_MS = 3 * HOUR_MS
/** A sensor is frozen after this multiple of the longest earlier time without a change. */
const MAX_STILL_FACTOR = 2
/** The longest time decays with each change, so that one long night does not disable the check permanently. */
const LONGEST_DECAY = 0.998
/** A feed without any change for so long repeats old data. */
const MAX_FEED_STILL_MS = 24 * HOUR_MS
/** Minimum number of sensors for that check: a single sensor may be unchanged for a day. */
const MIN_FEED_SENSORS = 2

/** The times between changes of a sensor's value. Times in epoch milliseconds. */
export type Spells = {
  /** When it changed to its present value. */
  readonly since: number
  /** Number of changes. */
  readonly count: number
  /** The longest time without a change, milliseconds, decaying. */
  readonly longest: number
}

/** The state after a change at `time`. */
export function afterMove({ since, count, longest }: Spells, time: number): Spells {
  return { since: time, count: count + 1, longest: Math.max(longest * LONGEST_DECAY, time - since) }
}

/** Whether a sensor with an unchanged value at `time` is frozen, compared with its own past. */
export function isFrozen({ since, count, longest }: Spells, time: number): boolean {
  return count >= MIN_SPELLS && time - since > Math.max(MIN_STILL_MS, MAX_STILL_FACTOR * longest)
}

/** Whether a whole feed is frozen at `time`; `newestMove`: time of the last change of any of its sensors. */
export function isFeedFrozen(sensors: number, newestMove: number, time: number): boolean {
  return sensors >= MIN_FEED_SENSORS && time - newestMove >= MAX_FEED_STILL_MS
}

/** A rider's report and the sensor reading at that time, as occupied shares. */
export type Comparison = {
  readonly rider: string
  readonly sensor: number
  readonly seen: number
  /** sd of an honest report, share; probability that this one is an outlier. */
  readonly noise: number
  readonly outlierProbability: number
}

const AVERAGE_RATE = 0.15
const IMPLAUSIBLE_ABOVE = 0.4
const PLAUSIBLE_BELOW = 0.3
/** Minimum number of disagreeing riders, so that one alone cannot disable a sensor. */
const MIN_RIDERS = 3
/** Density of an outlier over the shares, see docs/estimation.md §1. */
const OUTLIER_DENSITY = 0.5

/** How much reports contradict a sensor: a moving average of the probability of a mismatch, weighted by trust in the riders. */
export type Contradiction = { readonly average: number; readonly riders: number }

/** The contradiction after these comparisons, in the order of their times. */
export function contradictionOf(comparisons: readonly Comparison[]): Contradiction {
  let average = 0
  const disagreeing = new Set<string>()
  for (const { rider, sensor, seen, noise, outlierProbability } of comparisons) {
    const z = (seen - sensor) / noise
    const fits = ((1 - outlierProbability) * Math.exp(-0.5 * z * z)) / (noise * Math.sqrt(2 * Math.PI))
    const misfit = (outlierProbability * OUTLIER_DENSITY) / (fits + outlierProbability * OUTLIER_DENSITY)
    if (misfit > 0.5) disagreeing.add(rider)
    average += AVERAGE_RATE * (1 - outlierProbability) * (misfit - average)
  }
  return { average, riders: disagreeing.size }
}

/** Whether a sensor is implausible. `before`: whether it was so far. It becomes plausible again once riders agree with it. */
export function isImplausible({ average, riders }: Contradiction, before: boolean): boolean {
  if (before) return average >= PLAUSIBLE_BELOW
  return riders >= MIN_RIDERS && average > IMPLAUSIBLE_ABOVE
}
