import { ASSUMED_SPACES, maxPlausibleCount } from '../availability/model/observe.ts'
import { FRESH_FOR_MS } from '../reports/check-report.ts'
import { LEVELS, type Level } from '../reports/report.ts'

const MINUTE_MS = 60_000
/** Clocks of sensors differ: a time up to this far ahead counts as now. */
const MAX_CLOCK_SKEW_MS = 2 * MINUTE_MS
const MAX_READING_AGE_MS = 24 * 60 * MINUTE_MS

/**
 * Kinds of readings: a `count` of parked bikes, `free` spaces, a `level`, `full` or `empty`; or the bikes that came `in` or went
 * `out` since the previous reading.
 */
export const READING_KINDS = ['count', 'free', 'level', 'full', 'empty', 'in', 'out'] as const
export type ReadingKind = (typeof READING_KINDS)[number]

/** A reading as received: its shape is checked, its values are not. */
export type ReadingClaim = {
  readonly kind: ReadingKind
  /** A number of bikes or spaces, or a level; null for `full` and `empty`. */
  readonly value: number | string | null
  /** Epoch milliseconds. */
  readonly at: number
  /** The capacity that the sensor states, else that of the zone; null where neither is known. */
  readonly capacity: number | null
}

/** The observation of a reading: parked bikes, a level, or bikes in minus bikes out. */
export type SensorObservation =
  | { readonly kind: 'reading'; readonly count: number; readonly level: null }
  | { readonly kind: 'reading'; readonly count: null; readonly level: Level }
  | { readonly kind: 'flow'; readonly count: number; readonly level: null }

export type ReadingVerdict = SensorObservation & {
  readonly at: number
  /** Position in the replay order: `at`, or `now` where it arrived too late to describe the present. */
  readonly eventOrder: number
  /** More bikes than spaces. Accepted, since the capacity may be wrong. */
  readonly overCapacity: boolean
}

/** Why a reading was rejected: the field, a message, and whether the value is physically impossible. */
export type ReadingRejection = {
  readonly field: 'value' | 'at'
  readonly message: string
  readonly isImpossible: boolean
}

/**
 * Checks a reading at `now` (epoch milliseconds) and rejects impossible values. Somewhat more bikes than spaces are possible; more
 * free spaces than the capacity are not.
 */
export function checkReading(claim: ReadingClaim, now: number): ReadingVerdict | ReadingRejection {
  const { at, capacity } = claim
  if (!Number.isFinite(at))
    return rejected('at', 'is not a valid time; expected one such as 2026-03-04T12:00:00Z', false)
  if (at > now + MAX_CLOCK_SKEW_MS) {
    return rejected('at', `is ${Math.round((at - now) / 1000)} s in the future; check the clock of the sensor`)
  }
  if (now - at > MAX_READING_AGE_MS) return rejected('at', 'is more than a day old; send readings within a day', false)
  const says = valueOf(claim)
  if ('field' in says) return says
  const time = Math.min(at, now)
  return {
    ...says,
    at: time,
    eventOrder: now - time <= FRESH_FOR_MS ? time : now,
    overCapacity: says.kind === 'reading' && says.count !== null && capacity !== null && says.count > capacity,
  }
}

function rejected(field: 'value' | 'at', message: string, isImpossible = true): ReadingRejection {
  return { field, message, isImpossible }
}

function valueOf({ kind, value, capacity }: ReadingClaim): SensorObservation | ReadingRejection {
  if (kind === 'full' || kind === 'empty') {
    if (value !== null) return rejected('value', `does not apply to kind ${kind}; omit it`, false)
    return kind === 'full' ? levelReading('full') : countReading(0)
  }
  if (kind === 'level') {
    const level = LEVELS.find((one) => one === value)
    return level === undefined ? rejected('value', `must be one of ${LEVELS.join(', ')}`, false) : levelReading(level)
  }
  if (typeof value !== 'number' || !Number.isInteger(value)) return rejected('value', 'must be a whole number', false)
  if (value < 0) return rejected('value', `is ${value}, expected at least 0; omit readings with an unknown value`)
  const most = maxPlausibleCount(capacity ?? ASSUMED_SPACES)
  if (kind === 'free') return freeSpaces(value, capacity, most)
  if (value > most) return rejected('value', `is ${value}, more than this zone can hold`)
  if (kind === 'count') return countReading(value)
  return { kind: 'flow', count: kind === 'in' ? value : -value, level: null }
}

function freeSpaces(value: number, capacity: number | null, most: number): SensorObservation | ReadingRejection {
  if (capacity === null)
    return value > most ? rejected('value', `is ${value}, more than a zone can hold`) : levelReading(levelOf(value))
  return value > capacity
    ? rejected('value', `is ${value} free, more than the capacity of ${capacity}`)
    : countReading(capacity - value)
}

/** The level for a number of free spaces where the capacity is unknown. */
function levelOf(free: number): Level {
  return free === 0 ? 'full' : free <= 2 ? 'few' : free <= 5 ? 'some' : 'plenty'
}

function countReading(count: number): SensorObservation {
  return { kind: 'reading', count, level: null }
}

function levelReading(level: Level): SensorObservation {
  return { kind: 'reading', count: null, level }
}
