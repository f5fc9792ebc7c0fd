import type { Level } from '../reports/report.ts'

// Which word a number of free spaces is. One rule for what a rider counts and for what the estimate says, for every capacity:
// none is full, one is few wherever there is more than none, and from three on it may be plenty.

/** Shares of the capacity, in tenths, from which free spaces are some, and plenty. Tenths keep the products exact. */
const SOME_TENTHS = 1
const PLENTY_TENTHS = 3
/** The least spaces that are some, and plenty, however small the zone. */
const SOME_AT_LEAST = 2
const PLENTY_AT_LEAST = 3
/** Half way between what `some` and `plenty` stand for in the model (0.45 and 0.8 of the capacity free). */
const SOME_UP_TO_EIGHTHS = 5

/** Free spaces from which a zone of `capacity` has some. It may be more than the capacity: one space is few or none. */
export function someFrom(capacity: number): number {
  return Math.max(SOME_AT_LEAST, Math.ceil((SOME_TENTHS * capacity) / 10))
}

/** Free spaces from which a zone of `capacity` has plenty. */
export function plentyFrom(capacity: number): number {
  return Math.max(PLENTY_AT_LEAST, Math.ceil((PLENTY_TENTHS * capacity) / 10))
}

/** The state of a zone where exactly `free` of `capacity` spaces are free. */
export function stateOfFree(free: number, capacity: number): Level {
  if (free < 1) return 'full'
  if (free < someFrom(capacity)) return 'few'
  return free < plentyFrom(capacity) ? 'some' : 'plenty'
}

/** The least and the most free spaces. */
export type FreeRange = { readonly low: number; readonly high: number }

/** The numbers of free spaces that are `state`; null where a zone of `capacity` spaces has no such number. */
export function freeOfState(state: Level, capacity: number): FreeRange | null {
  const bounds = {
    full: [0, 0],
    few: [1, someFrom(capacity) - 1],
    some: [someFrom(capacity), plentyFrom(capacity) - 1],
  }
  const [low, high] = state === 'plenty' ? [plentyFrom(capacity), capacity] : bounds[state]
  return low > capacity ? null : { low, high: Math.min(high, capacity) }
}

/**
 * The numbers of free spaces that a rider may mean by a word. Nobody counts to a tenth before they say "few": the ranges of
 * neighbouring words overlap, and there is one for every word however small the zone. Only `full` is exact.
 */
export function freeOfWord(level: Level, capacity: number): FreeRange {
  if (level === 'full') return { low: 0, high: 0 }
  if (level === 'few') return { low: 1, high: Math.min(capacity, plentyFrom(capacity) - 1) }
  if (level === 'plenty') return { low: Math.min(capacity, plentyFrom(capacity)), high: capacity }
  const low = Math.min(capacity, someFrom(capacity))
  return { low, high: Math.max(low, Math.floor((SOME_UP_TO_EIGHTHS * capacity) / 8)) }
}
