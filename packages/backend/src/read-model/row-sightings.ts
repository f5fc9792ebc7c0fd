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
 * The newest publishable sighting of each row since its checkpoint. It is derived from the observations in replay
 * order, so it is the same after a restart and on every server, and a retraction restores the sighting before.
 */
export type RowSightings = {
  /** Clears a row whose observations will be replayed from its checkpoint. */
  reset(row: number): void
  /** Applies one more observation of the row; `isFirst` for the first one ever. */
  note(row: number, seen: Observation, isFirst: boolean): void
  get(row: number): Sighting | undefined
  /**
   * A row's sighting as published at `time`, with the estimate expected soon after. That is computed once per five
   * minutes, for the beginning of the interval that `time` is in: so every server gives the same, and lists reuse it.
   */
  latest(row: number, agrees: boolean, time: number, make: (time: number) => ExpectedSoon | null): Latest | null
  /** The estimate expected soon after `time`, likewise. */
  expected(row: number, time: number, make: (time: number) => ExpectedSoon | null): ExpectedSoon | null
  /** Invalidates the cached expectations of all rows. */
  dropExpected(): void
}

/** One row's sighting and its cached expectation: `from` is the beginning of the five minutes. */
type CachedSighting = {
  sighting: Sighting | null
  from: number
  expected: ExpectedSoon | null
  latest: Latest | null
}

/** No sightings yet. */
export function createRowSightings(): RowSightings {
  const rows = new Map<number, CachedSighting>()

  function notedAt(row: number, time: number, make: (time: number) => ExpectedSoon | null): CachedSighting {
    const from = Math.floor(time / FIVE_MINUTES) * FIVE_MINUTES
    const known = rows.get(row)
    if (known?.from === from) return known
    // May replay the row, which sets its sighting again.
    const expected = make(from)
    const noted = rows.get(row) ?? { sighting: null, from, expected, latest: null }
    noted.from = from
    noted.expected = expected
    noted.latest = null
    rows.set(row, noted)
    return noted
  }

  return {
    reset: (row) => void rows.delete(row),
    note(row, seen, isFirst) {
      const noted = rows.get(row)
      const after = sightingAfter(noted?.sighting ?? null, seen, isFirst)
      if (noted !== undefined) {
        noted.sighting = after
        noted.from = Number.NaN
      } else if (after !== null) rows.set(row, { sighting: after, from: Number.NaN, expected: null, latest: null })
    },
    get: (row) => rows.get(row)?.sighting ?? undefined,
    latest(row, agrees, time, make) {
      if ((rows.get(row)?.sighting ?? null) === null) return null
      const noted = notedAt(row, time, make)
      if (noted.sighting === null) return null
      if (noted.latest?.agrees !== agrees) noted.latest = latestOf(noted.sighting, agrees, noted.expected)
      return noted.latest
    },
    expected: (row, time, make) => notedAt(row, time, make).expected,
    dropExpected() {
      for (const noted of rows.values()) noted.from = Number.NaN
    },
  }
}
