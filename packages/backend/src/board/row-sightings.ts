import {
  latestOf,
  sightingAfter,
  type ExpectedSoon,
  type Latest,
  type Observation,
  type Sighting,
} from '@kickstand/domain'

const FIVE_MINUTES = 5 * 60_000

/**
 * The newest trusted sighting of each row that has one since its checkpoint. It is derived from the applied observations in their
 * order. So it is the same after a restart and on every server, and an undo restores the sighting before.
 */
export type RowSightings = {
  /** Clears a row whose observations will be replayed from its checkpoint. */
  reset(row: number): void
  /** Applies one more observation of the row; `isFirst` for the first one ever. */
  note(row: number, seen: Observation, isFirst: boolean): void
  get(row: number): Sighting | undefined
  /**
   * A row's sighting as it is published at `time`, with what is expected beside it. That is made once for the five minutes that
   * `time` lies in, of their beginning: so every server says the same, and lists write bytes that they have.
   */
  latest(row: number, agrees: boolean, time: number, make: (time: number) => ExpectedSoon | null): Latest | null
  /** What is expected beside a sighting at `time`, likewise. */
  expected(row: number, time: number, make: (time: number) => ExpectedSoon | null): ExpectedSoon | null
  /** Nothing that was made of the estimate of any row holds any longer. */
  dropExpected(): void
}

type Made = { readonly from: number; readonly expected: ExpectedSoon | null; latest: Latest | null }

export function createRowSightings(): RowSightings {
  const sightings = new Map<number, Sighting>()
  const made = new Map<number, Made>()

  function forget(row: number): void {
    sightings.delete(row)
    made.delete(row)
  }

  function madeAt(row: number, time: number, make: (time: number) => ExpectedSoon | null): Made {
    const from = Math.floor(time / FIVE_MINUTES) * FIVE_MINUTES
    const known = made.get(row)
    if (known?.from === from) return known
    const next = { from, expected: make(from), latest: null }
    made.set(row, next)
    return next
  }

  return {
    reset: forget,
    note(row, seen, isFirst) {
      made.delete(row)
      const before = sightings.get(row) ?? null
      const after = sightingAfter(before, seen, isFirst)
      if (after === before) return
      if (after === null) sightings.delete(row)
      else sightings.set(row, after)
    },
    get: (row) => sightings.get(row),
    latest(row, agrees, time, make) {
      const sighting = sightings.get(row)
      if (sighting === undefined) return null
      const now = madeAt(row, time, make)
      if (now.latest?.agrees !== agrees) now.latest = latestOf(sighting, agrees, now.expected)
      return now.latest
    },
    expected: (row, time, make) => madeAt(row, time, make).expected,
    dropExpected: () => made.clear(),
  }
}
