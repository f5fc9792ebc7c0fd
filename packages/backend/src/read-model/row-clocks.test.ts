import type { Observation } from '@kickstand/domain'
import { anObservation } from '@kickstand/testkit'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loadHolidays } from '#platform/holidays.ts'
import { offsetAt, timeZoneAt } from '#platform/time-zone.ts'
import { createEstimates } from './estimates.ts'
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

const BERLIN = [52.52, 13.4] as const
const SUNDAY = 6

describe('clocks of rows', () => {
  it('give the local hour of the week', () => {
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

  it.each([
    ['Christmas Eve, a Thursday', '2026-12-24T23:59:00+01:00', 3, 23 + 59 / 60],
    ['Christmas Day, a Friday, from its first minute', '2026-12-25T00:00:00+01:00', SUNDAY, 0],
    ['to its last', '2026-12-25T23:59:00+01:00', SUNDAY, 23 + 59 / 60],
    ['the Monday after', '2026-12-28T10:00:00+01:00', 0, 10],
    ['before the clocks go forward on a Sunday', '2026-03-29T01:30:00+01:00', SUNDAY, 1.5],
    ['after it', '2026-03-29T03:30:00+02:00', SUNDAY, 3.5],
    ['Easter Monday, the day after they did', '2024-04-01T08:00:00+02:00', SUNDAY, 8],
    ['the hour that comes twice, the first time', '2026-10-25T02:30:00+02:00', SUNDAY, 2.5],
    ['and the second', '2026-10-25T02:30:00+01:00', SUNDAY, 2.5],
  ])('treat a public holiday as a Sunday: %s', async (_what, at, day, hour) => {
    const clocks = createRowClocks(() => BERLIN, await loadHolidays())
    expect(clocks.hourOfWeek(0, Date.parse(at) / MINUTE)).toBeCloseTo(day * DAY_HOURS + hour, 6)
  })

  it('let an estimate use the Sunday profile on a holiday', async () => {
    const [withHolidays, without] = [createRowClocks(() => BERLIN, await loadHolidays()), createRowClocks(() => BERLIN)]
    const freeOn = (clocks: typeof without, at: string): number => {
      const estimates = createEstimates(clocks)
      for (const seen of fullWeekdaysAndEmptySundays()) estimates.add(0, seen)
      return estimates.at(0, 10, Date.parse(at)).expectedFree ?? Number.NaN
    }
    expect(freeOn(without, '2026-12-25T12:00:00+01:00')).toBeLessThan(4)
    expect(freeOn(withHolidays, '2026-12-25T12:00:00+01:00')).toBeGreaterThan(6)
    expect(freeOn(withHolidays, '2026-12-18T12:00:00+01:00')).toBeLessThan(4)
  })
})

/** Half a year until December: at ten, noon and two nine of ten bikes, on Sundays one. */
function fullWeekdaysAndEmptySundays(): Observation[] {
  const first = Date.parse('2026-06-15T10:00:00Z')
  return Array.from({ length: 7 * 24 * 3 }, (_, i) => {
    const at = first + (DAY_HOURS * Math.floor(i / 3) + 2 * (i % 3)) * 60 * MINUTE
    return anObservation({ id: `r${1_000 + i}`, at, count: Math.floor(i / 3) % 7 === SUNDAY ? 1 : 9 })
  })
}
