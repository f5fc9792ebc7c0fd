// Whether a machine is to be believed, from what it says alone and from what riders say beside it. A sensor that stands
// still or lies keeps its zone: only its readings stop counting, until it moves or agrees again.

const HOUR = 60 * 60_000
/** Nothing that has moved this often is judged by its own past; before, only by the feed's. */
const SPELLS_NEEDED = 8
/** Below this no standing still is suspicious, whatever the past. */
const STILL_AT_LEAST = 3 * HOUR
/** How many times the longest it ever stood still before is too long. */
const STILL_TIMES = 2
/** What was longest fades, so that one long night does not blind us for ever. */
const LONGEST_FADE = 0.998
/** A feed of which nothing at all has moved for so long has stopped, and repeats itself. */
const FEED_STILL = 24 * HOUR
/** One sensor may well stand still for a day. */
const FEED_SENSORS = 2

/** How long a sensor has stood still at a value, and how long it did before. Times in epoch milliseconds. */
export type Spells = {
  /** When it came to the value that it has now. */
  readonly since: number
  /** How often it moved. */
  readonly count: number
  /** The longest it stood still before it moved, milliseconds, fading. */
  readonly longest: number
}

/** The sensor moved at `time`. */
export function moved({ since, count, longest }: Spells, time: number): Spells {
  return { since: time, count: count + 1, longest: Math.max(longest * LONGEST_FADE, time - since) }
}

/** Whether a sensor that still says the same at `time` stands still for too long, by its own past. */
export function isFrozen({ since, count, longest }: Spells, time: number): boolean {
  return count >= SPELLS_NEEDED && time - since > Math.max(STILL_AT_LEAST, STILL_TIMES * longest)
}

/** Whether a whole feed stands still at `time`: `newestMove` is when the last of its sensors moved. */
export function isFeedFrozen(sensors: number, newestMove: number, time: number): boolean {
  return sensors >= FEED_SENSORS && time - newestMove >= FEED_STILL
}

/** A rider's report of a zone beside what its sensor said then, as occupied shares. */
export type Comparison = {
  readonly rider: string
  readonly machine: number
  readonly seen: number
  /** sd of an honest report, share; probability that this one is an outlier. */
  readonly noise: number
  readonly outlierProbability: number
}

const RATE = 0.15
const LYING_FROM = 0.4
const HONEST_BELOW = 0.3
/** As many riders must say so: one alone could switch a sensor off. */
const RIDERS_NEEDED = 3
/** Density of an outlier over the shares, see AVAILABILITY §1. */
const OUTLIER_DENSITY = 0.5

/** How far reports speak against a sensor: a moving average of the probability that they do not fit, trusted riders more. */
export type Doubt = { readonly average: number; readonly riders: number }

/** The doubt in a sensor after these comparisons, in the order of their times. */
export function doubtOf(comparisons: readonly Comparison[]): Doubt {
  let average = 0
  const against = new Set<string>()
  for (const { rider, machine, seen, noise, outlierProbability } of comparisons) {
    const z = (seen - machine) / noise
    const fits = ((1 - outlierProbability) * Math.exp(-0.5 * z * z)) / (noise * Math.sqrt(2 * Math.PI))
    const misfit = (outlierProbability * OUTLIER_DENSITY) / (fits + outlierProbability * OUTLIER_DENSITY)
    if (misfit > 0.5) against.add(rider)
    average += RATE * (1 - outlierProbability) * (misfit - average)
  }
  return { average, riders: against.size }
}

/** Whether a sensor lies, given whether it was held to lie before: it is believed again only when riders agree with it. */
export function isImplausible({ average, riders }: Doubt, before: boolean): boolean {
  if (before) return average >= HONEST_BELOW
  return riders >= RIDERS_NEEDED && average > LYING_FROM
}
