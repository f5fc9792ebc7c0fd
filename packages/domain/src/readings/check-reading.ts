import { ASSUMED_SPACES, mostCountable } from '../availability/model/observe.ts'
import { FRESH_FOR } from '../reports/check-report.ts'
import { LEVELS, type Level } from '../reports/report.ts'

const MINUTE = 60_000
/** Clocks of machines differ: so far ahead counts as now. */
const AHEAD_TOLERATED = 2 * MINUTE
const KEPT_FOR = 24 * 60 * MINUTE

/**
 * What a machine can say: `count` bikes there, `free` spaces, a `level` in a word, `full` or `empty`; or bikes that came
 * `in` or went `out` since it last said so.
 */
export const READING_KINDS = ['count', 'free', 'level', 'full', 'empty', 'in', 'out'] as const
export type ReadingKind = (typeof READING_KINDS)[number]

/** A reading as it came, checked in shape but not in sense. */
export type ReadingClaim = {
  readonly kind: ReadingKind
  /** A number of bikes or spaces, or a level; null for `full` and `empty`. */
  readonly value: number | string | null
  /** Epoch milliseconds. */
  readonly at: number
  /** Spaces that the machine itself counts by, where it says so; else those of the zone; null where neither is known. */
  readonly capacity: number | null
}

/** What the estimator takes of it: bikes there, a level, or bikes more in than out. */
export type MachineSays =
  | { readonly kind: 'reading'; readonly count: number; readonly level: null }
  | { readonly kind: 'reading'; readonly count: null; readonly level: Level }
  | { readonly kind: 'flow'; readonly count: number; readonly level: null }

export type ReadingVerdict = MachineSays & {
  readonly at: number
  /** Place in the order of folding: `at`, or `now` where it came too late to say anything of the present. */
  readonly eventOrder: number
  /** More bikes than spaces: taken as seen, since the capacity may be wrong. */
  readonly overCapacity: boolean
}

/** Why a reading was refused: in which field, in words, and whether it says what cannot be. */
export type ReadingRefusal = {
  readonly field: 'value' | 'at'
  readonly message: string
  readonly isImpossible: boolean
}

/**
 * Decides what a reading is worth at `now` (epoch milliseconds): what cannot be is refused, whatever machine says it.
 * More bikes than spaces can be, to a degree; more free than spaces cannot.
 */
export function checkReading(claim: ReadingClaim, now: number): ReadingVerdict | ReadingRefusal {
  const { at, capacity } = claim
  if (!Number.isFinite(at))
    return refused('at', 'is no time that exists; expected one like 2026-03-04T12:00:00Z', false)
  if (at > now + AHEAD_TOLERATED) {
    return refused('at', `lies ${Math.round((at - now) / 1000)} s in the future; check the clock of the machine`)
  }
  if (now - at > KEPT_FOR) return refused('at', 'is over a day old; such readings say nothing any more', false)
  const says = valueOf(claim)
  if ('field' in says) return says
  const time = Math.min(at, now)
  return {
    ...says,
    at: time,
    eventOrder: now - time <= FRESH_FOR ? time : now,
    overCapacity: says.kind === 'reading' && says.count !== null && capacity !== null && says.count > capacity,
  }
}

function refused(field: 'value' | 'at', message: string, isImpossible = true): ReadingRefusal {
  return { field, message, isImpossible }
}

function valueOf({ kind, value, capacity }: ReadingClaim): MachineSays | ReadingRefusal {
  if (kind === 'full' || kind === 'empty') {
    if (value !== null) return refused('value', `does not go with kind ${kind}; leave it out`, false)
    return kind === 'full' ? word('full') : bikes(0)
  }
  if (kind === 'level') {
    const level = LEVELS.find((one) => one === value)
    return level === undefined ? refused('value', `must be one of ${LEVELS.join(', ')}`, false) : word(level)
  }
  if (typeof value !== 'number' || !Number.isInteger(value)) return refused('value', 'must be a whole number', false)
  if (value < 0)
    return refused('value', `is ${value}, which no zone can hold; leave the reading out where nothing is known`)
  const most = mostCountable(capacity ?? ASSUMED_SPACES)
  if (kind === 'free') return freeSpaces(value, capacity, most)
  if (value > most) return refused('value', `is ${value}, more than this zone can hold`)
  if (kind === 'count') return bikes(value)
  return { kind: 'flow', count: kind === 'in' ? value : -value, level: null }
}

function freeSpaces(value: number, capacity: number | null, most: number): MachineSays | ReadingRefusal {
  if (capacity === null)
    return value > most ? refused('value', `is ${value}, more than a zone can hold`) : word(levelOf(value))
  return value > capacity
    ? refused('value', `is ${value} free, more than the ${capacity} spaces that there are`)
    : bikes(capacity - value)
}

/** So many free of nobody knows how many: a word is all that can be made of it. */
function levelOf(free: number): Level {
  return free === 0 ? 'full' : free <= 2 ? 'few' : free <= 5 ? 'some' : 'plenty'
}

function bikes(count: number): MachineSays {
  return { kind: 'reading', count, level: null }
}

function word(level: Level): MachineSays {
  return { kind: 'reading', count: null, level }
}
