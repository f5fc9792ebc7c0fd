import { type Level, type ReadingRow, type ReadingValue, readSpaces, type Vehicle } from '@kickstand/domain'
import type { FeedTime } from '#time/feed-time.ts'
import { idOf } from '#values.ts'

/** A reading as in the feed, with unparsed values. */
export type RawReading = {
  readonly ref: unknown
  readonly free?: unknown
  readonly occupied?: unknown
  /** For feeds without a number. */
  readonly available?: boolean | null
  readonly level?: Level | null
  readonly capacity?: unknown
  readonly closed?: boolean | null
  readonly at: FeedTime
  readonly vehicle?: Vehicle
}

/**
 * Checks a reading's figures: sentinels become unknown. A value that is not a number of spaces, or an unreadable time,
 * rejects the row. Free spaces win over occupied ones, numbers over words.
 */
export function readingRow(raw: RawReading, where: string): ReadingRow {
  const ref = idOf(raw.ref)
  if (ref === null) return { rejected: { where, reason: 'has no reference of its own' } }
  const free = readSpaces(raw.free)
  const occupied = readSpaces(raw.occupied)
  const capacity = readSpaces(raw.capacity)
  const bad = [
    [free, raw.free],
    [occupied, raw.occupied],
  ].find(([read]) => read === undefined)
  if (free === undefined || occupied === undefined) {
    return { rejected: { where, reason: `"${String(bad?.[1])}" is not a number of spaces` }, ref }
  }
  const value = valueOf(free, occupied, raw)
  const isTimed = raw.at === null || typeof raw.at === 'number'
  // A row without a value needs no time.
  if (!isTimed && value !== null && raw.closed !== true) return { rejected: { where, reason: raw.at.unreadable }, ref }
  return {
    reading: {
      ref,
      value,
      vehicle: raw.vehicle ?? 'motorcycle',
      capacity: capacity === undefined || capacity === 0 ? null : capacity,
      closed: raw.closed ?? null,
      at: isTimed ? raw.at : null,
    },
  }
}

function valueOf(free: number | null, occupied: number | null, raw: RawReading): ReadingValue | null {
  if (free !== null) return { kind: 'free', count: free }
  if (occupied !== null) return { kind: 'occupied', count: occupied }
  if (typeof raw.available === 'boolean') return { kind: 'flag', available: raw.available }
  return raw.level === undefined || raw.level === null ? null : { kind: 'band', level: raw.level }
}
