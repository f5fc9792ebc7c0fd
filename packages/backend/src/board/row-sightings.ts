import { sightingAfter, type ExpectedSoon, type Observation, type Sighting } from '@kickstand/domain'

const FIVE_MINUTES = 5 * 60_000

/**
 * The newest trusted sighting of each row that has one since its checkpoint. It follows from the observations that are folded, in
 * their order: so a restart and every other server have the same, and one that is taken back gives way to the one before.
 */
export type RowSightings = {
  /** What was folded of the row holds no longer: it is folded from its beginning when somebody asks. */
  reset(row: number): void
  /** One more observation of the row was folded; `isFirst` where nobody had seen it before. */
  note(row: number, seen: Observation, isFirst: boolean): void
  get(row: number): Sighting | undefined
  /**
   * What is expected beside a row's sighting at `time`. It is made once for the five minutes that `time` lies in, of their
   * beginning, so that every server says the same.
   */
  expected(row: number, time: number, make: (time: number) => ExpectedSoon | null): ExpectedSoon | null
  /** Nothing that was made of the estimate of any row holds any longer. */
  dropExpected(): void
}

type Expected = { readonly from: number; readonly value: ExpectedSoon | null }

export function createRowSightings(): RowSightings {
  const sightings = new Map<number, Sighting>()
  const made = new Map<number, Expected>()

  function forget(row: number): void {
    sightings.delete(row)
    made.delete(row)
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
    expected(row, time, make) {
      const from = Math.floor(time / FIVE_MINUTES) * FIVE_MINUTES
      const known = made.get(row)
      if (known?.from === from) return known.value
      const value = make(from)
      made.set(row, { from, value })
      return value
    },
    dropExpected: () => made.clear(),
  }
}
