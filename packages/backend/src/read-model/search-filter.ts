import type { ZoneFilterQuery } from '@kickstand/contract'
import {
  answerOfAvailability,
  FILTER_NAMES,
  PERMITS,
  readAnswers,
  readList,
  type FilterName,
  type ListParameter,
  type MayPark,
  type Permit,
  type Vehicle,
  type ZoneFilter,
} from '@kickstand/domain'
import type { EstimateReader, ZoneReader } from './board-types.ts'
import { BIT_OF_ANSWER, filterMasks, sumOf, timedQuestions, type Answers, type TimedQuestion } from './filter-bits.ts'

// The server's form of the domain's `matchesFilter`: the same answers, by the bits of the board where they do not depend on the
// time. A test compares the two.

/** A parsed filter query. A zone must match every part. */
export type SearchFilter = {
  /** False if every zone matches. */
  readonly isNarrow: boolean
  /** A zone's bits must intersect each of these. */
  readonly masks: readonly number[]
  /** Null if the query names no vehicle. */
  readonly vehicle: Vehicle | null
  readonly permits: readonly Permit[]
  /** Filters that the bits alone may not answer. */
  readonly timed: readonly TimedQuestion[]
  /** Accepted answers; 0 if not asked. */
  readonly likelyFree: Answers
}

/** Parses a query of the contract. */
export function readFilter(query: ZoneFilterQuery): SearchFilter {
  const filter = filterOf(query)
  const masks = filterMasks(filter)
  const timed = timedQuestions(filter)
  const likelyFree = sumOf(filter.answers.likelyFree)
  return {
    isNarrow: masks.length > 0 || timed.length > 0 || likelyFree !== 0,
    masks,
    vehicle: filter.vehicle,
    permits: readPermits(query.permits),
    timed,
    likelyFree,
  }
}

/** The filter of the domain in a query of the contract. */
export function filterOf(query: ZoneFilterQuery): ZoneFilter {
  const answers: { [Name in FilterName]?: readonly MayPark[] } = {}
  for (const name of FILTER_NAMES) {
    const value = query[name]
    if (value !== undefined) answers[name] = readAnswers(name, value)
  }
  return { vehicle: query.vehicle ?? null, answers }
}

/** The permits of a query. */
export function readPermits(value: ListParameter | undefined): Permit[] {
  const list = readList(value)
  return PERMITS.filter((permit) => list.includes(permit))
}

/** What a filter needs of the board. */
export type FilteredBoard = Pick<ZoneReader, 'filters' | 'rules'> & Pick<EstimateReader, 'availability'>

/** Whether a row matches at `time`, as known at `now` (epoch milliseconds). */
export function passes(board: FilteredBoard, filter: SearchFilter, row: number, time: number, now: number): boolean {
  if (!filter.isNarrow) return true
  const bits = board.filters(row)
  for (const mask of filter.masks) if ((bits & mask) === 0) return false
  for (const { timedBits, accepted, byRules } of filter.timed) {
    if ((bits & timedBits) !== timedBits) continue
    const { rules } = board.rules(row, filter.vehicle ?? 'motorcycle', filter.permits, time)
    if ((accepted & BIT_OF_ANSWER[byRules(rules)]) === 0) return false
  }
  if (filter.likelyFree === 0) return true
  return (filter.likelyFree & BIT_OF_ANSWER[answerOfAvailability(board.availability(row, time, now))]) !== 0
}
