import type { ZoneFilterQuery } from '@kickstand/contract'
import type { FeeState, HoursState, MayPark, Permit, Vehicle } from '@kickstand/domain'
import type { Board } from './board.ts'
import { isTimed, NO, questionMask, QUESTIONS, UNKNOWN, vehicleMask, YES, type Answers } from './filter-bits.ts'

/** A space is likely from this chance on. */
const LIKELY = 0.5

/** What a reader asks for, ready to be held against zones. Each question narrows the answer. */
export type SearchFilter = {
  /** False where every zone is let in. */
  readonly isNarrow: boolean
  /** A zone's bits must meet every one of these. */
  readonly masks: readonly number[]
  /** Null where no vehicle is named. */
  readonly vehicle: Vehicle | null
  readonly permits: readonly Permit[]
  /** Answers let in to what cannot be told from the bits alone; 0 where it is not asked. */
  readonly free: Answers
  readonly open: Answers
  readonly mayPark: Answers
  readonly likelyFree: Answers
}

const WORDS: Readonly<Record<string, Answers>> = {
  yes: YES,
  true: YES,
  free: YES,
  hard: YES,
  no: NO,
  false: NO,
  paid: NO,
  soft: NO,
  unknown: UNKNOWN,
}

/** A value as the contract lets it through: words in a list, repeated or with commas. */
function answersOf(value: string | readonly string[] | undefined): Answers {
  if (value === undefined) return 0
  let answers = 0
  for (const word of listOf(value)) answers |= WORDS[word] ?? 0
  return answers
}

function listOf(value: string | readonly string[] | undefined): string[] {
  return value === undefined ? [] : [value].flat().flatMap((part) => part.split(','))
}

/** Reads a query of the contract. A vehicle leaves out the zones where it is known that it may not park. */
export function readFilter(query: ZoneFilterQuery): SearchFilter {
  const { vehicle = null } = query
  const masks: number[] = []
  const mayPark = answersOf(query.mayPark)
  if (vehicle !== null && (mayPark & NO) === 0) masks.push(vehicleMask(vehicle, mayPark === YES ? YES : YES | UNKNOWN))
  for (const question of QUESTIONS) {
    const answers = answersOf(query[question])
    if (answers !== 0) masks.push(questionMask(question, answers))
  }
  const filter = {
    masks,
    vehicle,
    permits: readPermits(query.permits),
    free: answersOf(query.free),
    open: answersOf(query.open),
    mayPark,
    likelyFree: answersOf(query.likelyFree),
  }
  return { ...filter, isNarrow: masks.length > 0 || mayPark !== 0 || filter.likelyFree !== 0 }
}

/** The permits of a query. */
export function readPermits(value: string | readonly string[] | undefined): Permit[] {
  const list = listOf(value)
  const permits: Permit[] = []
  if (list.includes('customer')) permits.push('customer')
  if (list.includes('permit')) permits.push('permit')
  return permits
}

const STATES: Readonly<Record<FeeState | HoursState | MayPark, Answers>> = {
  free: YES,
  paid: NO,
  open: YES,
  closed: NO,
  yes: YES,
  no: NO,
  unknown: UNKNOWN,
}

/** Whether a row is asked for at `time`, as far as is known at `now` (epoch milliseconds). */
export function passes(board: Board, filter: SearchFilter, row: number, time: number, now: number): boolean {
  if (!filter.isNarrow) return true
  const bits = board.filters(row)
  for (const mask of filter.masks) if ((bits & mask) === 0) return false
  const { free, open, mayPark, likelyFree } = filter
  const isLooked = mayPark !== 0 || ((free | open) !== 0 && isTimed(bits))
  if (isLooked) {
    const { rules } = board.rules(row, filter.vehicle ?? 'motorcycle', filter.permits, time)
    if (free !== 0 && (free & STATES[rules.fee.state]) === 0) return false
    if (open !== 0 && (open & STATES[rules.hours.state]) === 0) return false
    if (mayPark !== 0 && (mayPark & STATES[rules.mayPark]) === 0) return false
  }
  if (likelyFree === 0) return true
  const { state, chance } = board.availability(row, time, now)
  const answer = state === 'closed' ? NO : chance === null ? UNKNOWN : chance >= LIKELY ? YES : NO
  return (likelyFree & answer) !== 0
}
