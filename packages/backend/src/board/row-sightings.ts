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
 * The newest publishable sighting of each row that has one since its checkpoint. It is derived from the applied observations in their
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

/** One row's sighting, and what was last expected beside it: `from` is the beginning of those five minutes. */
type Noted = {
  sighting: Sighting | null
  from: number
  expected: ExpectedSoon | null
  latest: Latest | null
}

export function createRowSightings(): RowSightings {
  const rows = new Map<number, Noted>()

  function notedAt(row: number, time: number, make: (time: number) => ExpectedSoon | null): Noted {
    const from = Math.floor(time / FIVE_MINUTES) * FIVE_MINUTES
    const known = rows.get(row)
    if (known?.from === from) return known
    // May replay the row, which notes its sighting anew.
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
