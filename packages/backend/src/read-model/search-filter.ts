import type { ZoneFilterQuery } from '@kickstand/contract'
import type { FeeState, HoursState, MayPark, Permit, Vehicle } from '@kickstand/domain'
import type { EstimateReader, ZoneReader } from './board-types.ts'
import { isTimed, NO, questionMask, QUESTIONS, UNKNOWN, vehicleMask, YES, type Answers } from './filter-bits.ts'

/** Chance from which a space counts as likely. */
const LIKELY_CHANCE = 0.5

/** A parsed filter query. A zone must match every question. */
export type SearchFilter = {
  /** False if every zone matches. */
  readonly isNarrow: boolean
  /** A zone's bits must intersect each of these. */
  readonly masks: readonly number[]
  /** Null if the query names no vehicle. */
  readonly vehicle: Vehicle | null
  readonly permits: readonly Permit[]
  /** Accepted answers to questions that the bits alone cannot answer; 0 if not asked. */
  readonly free: Answers
  readonly open: Answers
  readonly mayPark: Answers
  readonly likelyFree: Answers
}

const ANSWER_OF_WORD: Readonly<Record<string, Answers>> = {
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

/** A list parameter of the contract: repeated, or separated by commas. */
function answersOf(value: string | readonly string[] | undefined): Answers {
  if (value === undefined) return 0
  let answers = 0
  for (const word of listOf(value)) answers |= ANSWER_OF_WORD[word] ?? 0
  return answers
}

function listOf(value: string | readonly string[] | undefined): string[] {
  return value === undefined ? [] : [value].flat().flatMap((part) => part.split(','))
}

/** Parses a query of the contract. A vehicle excludes the zones where it is known not to be allowed. */
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

const ANSWER_OF_STATE: Readonly<Record<FeeState | HoursState | MayPark, Answers>> = {
  free: YES,
  paid: NO,
  open: YES,
  closed: NO,
  yes: YES,
  no: NO,
  unknown: UNKNOWN,
}

/** Whether a row matches at `time`, as known at `now` (epoch milliseconds). */
export function passes(
  board: ZoneReader & EstimateReader,
  filter: SearchFilter,
  row: number,
  time: number,
  now: number,
): boolean {
  if (!filter.isNarrow) return true
  const bits = board.filters(row)
  for (const mask of filter.masks) if ((bits & mask) === 0) return false
  const { free, open, mayPark, likelyFree } = filter
  const needsRules = mayPark !== 0 || ((free | open) !== 0 && isTimed(bits))
  if (needsRules) {
    const { rules } = board.rules(row, filter.vehicle ?? 'motorcycle', filter.permits, time)
    if (free !== 0 && (free & ANSWER_OF_STATE[rules.fee.state]) === 0) return false
    if (open !== 0 && (open & ANSWER_OF_STATE[rules.hours.state]) === 0) return false
    if (mayPark !== 0 && (mayPark & ANSWER_OF_STATE[rules.mayPark]) === 0) return false
  }
  if (likelyFree === 0) return true
  const { state, chance } = board.availability(row, time, now)
  const answer = state === 'closed' ? NO : chance === null ? UNKNOWN : chance >= LIKELY_CHANCE ? YES : NO
  return (likelyFree & answer) !== 0
}
