import type { Level } from '../reports/report.ts'

// The state for a number of free spaces. The same rule holds for riders' counts and for the estimate, at every capacity: no free
// space is full, one is few, and three or more may be plenty.

/** Shares of the capacity, in tenths, from which on the state is some, or plenty. Tenths keep the products exact. */
const SOME_TENTHS = 1
const PLENTY_TENTHS = 3
/** Minimum free spaces for some, and for plenty, at any capacity. */
const MIN_SOME_SPACES = 2
const MIN_PLENTY_SPACES = 3
/** Halfway between the shares of the capacity that `some` and `plenty` mean in the model (0.45 and 0.8). */
const MAX_SOME_EIGHTHS = 5

/** Free spaces from which a zone of `capacity` has some. It may exceed the capacity: a zone with one space has few or none. */
export function someFrom(capacity: number): number {
  return Math.max(MIN_SOME_SPACES, Math.ceil((SOME_TENTHS * capacity) / 10))
}

/** Free spaces from which a zone of `capacity` has plenty. */
export function plentyFrom(capacity: number): number {
  return Math.max(MIN_PLENTY_SPACES, Math.ceil((PLENTY_TENTHS * capacity) / 10))
}

/** The state of a zone where exactly `free` of `capacity` spaces are free. */
export function stateOfFree(free: number, capacity: number): Level {
  if (free < 1) return 'full'
  if (free < someFrom(capacity)) return 'few'
  return free < plentyFrom(capacity) ? 'some' : 'plenty'
}

/** The least and the most free spaces. */
export type FreeRange = { readonly low: number; readonly high: number }

/** The range of free spaces for `state`; null where a zone of `capacity` spaces cannot have that state. */
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
 * The range of free spaces that a rider may mean by a level. Riders judge levels roughly, so neighbouring ranges overlap, and
 * every level has a range at every capacity. Only `full` is exact.
 */
export function freeOfLevel(level: Level, capacity: number): FreeRange {
  if (level === 'full') return { low: 0, high: 0 }
  if (level === 'few') return { low: 1, high: Math.min(capacity, plentyFrom(capacity) - 1) }
  if (level === 'plenty') return { low: Math.min(capacity, plentyFrom(capacity)), high: capacity }
  const low = Math.min(capacity, someFrom(capacity))
  return { low, high: Math.max(low, Math.floor((MAX_SOME_EIGHTHS * capacity) / 8)) }
}
