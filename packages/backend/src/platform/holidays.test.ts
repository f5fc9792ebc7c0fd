import { beforeAll, describe, expect, it } from 'vitest'
import { loadHolidays, type HolidaysOf } from './holidays.ts'

const dayOf = (date: string): number => Date.parse(date) / 86_400_000

describe('public holidays', () => {
  let holidaysOf: HolidaysOf
  beforeAll(async () => {
    holidaysOf = await loadHolidays()
  })

  it.each([
    ['de', '2026-12-25', true],
    ['de', '2026-12-24', false],
    ['de', '2026-04-06', true],
    // Of Bavaria and some others only.
    ['de', '2026-06-04', false],
    ['DE', '2027-10-03', true],
    ['us', '2026-11-26', true],
    ['us', '2026-12-26', false],
    ['gb', '2026-12-28', true],
    ['gb-sct', '2026-11-30', true],
    ['gb-eng', '2026-11-30', false],
    ['gb', '2026-11-30', false],
    ['es', '2026-10-12', true],
    ['tw', '2026-02-17', true],
    // Four days at the end of Ramadan.
    ['sa', '2026-03-19', true],
    ['sa', '2026-03-22', true],
    ['sa', '2026-03-23', false],
    // A half holiday for some.
    ['cn', '2026-03-08', false],
    ['zz', '2026-12-25', false],
  ])('in %s on %s: %s', (country, date, expected) => {
    expect(holidaysOf(country)(dayOf(date))).toBe(expected)
  })

  it('do not depend on the order of queries', () => {
    const once = holidaysOf('de')
    const days = Array.from({ length: 1_500 }, (_, i) => dayOf('2024-01-01') + i)
    expect(days.toReversed().map(once).toReversed()).toEqual(days.map(holidaysOf('de')))
  })
})
