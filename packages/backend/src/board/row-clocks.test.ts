import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { offsetAt, timeZoneAt } from '#platform/time-zone.ts'
import { createRowClocks } from './row-clocks.ts'

const MINUTE = 60_000
const DAY_HOURS = 24
/** San Francisco, Madrid, Kathmandu (a quarter of an hour off), Lord Howe (half an hour of summer time). */
const PLACES: readonly (readonly [number, number])[] = [
  [37.79, -122.4],
  [40.42, -3.7],
  [27.7, 85.3],
  [-31.55, 159.08],
]

describe('clocks of rows', () => {
  it('tell the hour of the week that the clocks on the walls there show', () => {
    const clocks = createRowClocks((row) => PLACES[row % PLACES.length] ?? [0, 0])
    const minute = fc.integer({ min: Date.UTC(2020, 0) / MINUTE, max: Date.UTC(2030, 0) / MINUTE })
    fc.assert(
      fc.property(fc.nat(3_000), minute, (row, at) => {
        const wall = new Date(
          at * MINUTE + offsetAt(timeZoneAt(...(PLACES[row % PLACES.length] ?? [0, 0])), at * MINUTE),
        )
        const day = (wall.getUTCDay() + 6) % 7
        expect(clocks.hourOfWeek(row, at)).toBeCloseTo(
          day * DAY_HOURS + wall.getUTCHours() + wall.getUTCMinutes() / 60,
          6,
        )
      }),
    )
  })

  it('follow a zone that moves', () => {
    const noon = Date.UTC(2026, 2, 4, 12) / MINUTE
    let place = PLACES[0] ?? [0, 0]
    const clocks = createRowClocks(() => place)
    expect(clocks.hourOfWeek(0, noon)).toBe(2 * DAY_HOURS + 4)
    place = PLACES[1] ?? [0, 0]
    clocks.moved(0)
    expect(clocks.hourOfWeek(0, noon)).toBe(2 * DAY_HOURS + 13)
  })
})
