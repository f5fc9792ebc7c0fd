import { describe, expect, it } from 'vitest'
import { readTime } from './feed-time.ts'

const at = (iso: string): number => Date.parse(iso)

describe('readTime', () => {
  it.each([
    ['2025-02-07T19:05:34.176Z', null, '2025-02-07T19:05:34Z'],
    ['2025-05-09T21:41:58.5461534+02:00', null, '2025-05-09T19:41:58Z'],
    ['2016-06-02T09:25:55.00Z', null, '2016-06-02T09:25:55Z'],
    ['2024-06-10 10:20:00', 'Europe/Berlin', '2024-06-10T08:20:00Z'],
    ['2024-12-10 10:20', 'Europe/Berlin', '2024-12-10T09:20:00Z'],
    ['2024-06-10', 'Asia/Hong_Kong', '2024-06-09T16:00:00Z'],
    // China Standard Time, which JavaScript alone would parse as Chicago's.
    ['Tue Oct 06 00:02:00 CST 2026', 'Asia/Taipei', '2026-10-05T16:02:00Z'],
    ['Mon, 22 Jun 2015 12:43:50 GMT', null, '2015-06-22T12:43:50Z'],
    // In the repeated hour of autumn the earlier time; in the skipped hour of spring the time after it.
    ['2024-10-27 02:30:00', 'Europe/Madrid', '2024-10-27T00:30:00Z'],
    ['2024-03-31 02:30:00', 'Europe/Madrid', '2024-03-31T01:30:00Z'],
    [1_718_000_000, null, '2024-06-10T06:13:20Z'],
    ['1718000000000', null, '2024-06-10T06:13:20Z'],
  ])('%j in %s is %s', (text, zone, expected) => {
    expect(readTime(text, { timeZone: zone })).toBe(at(expected))
  })

  it.each([
    ['28.11.2026 15:00:00', undefined],
    ['28.11.2026, 15:00 Uhr', undefined],
    ['28. 11. 2026 15:00', undefined],
    ['2026/11/28 15:00:00', undefined],
    ['20261128150000', undefined],
    ['20261128T150000', undefined],
    ['202611281500', undefined],
    ['20261128T140000Z', undefined],
    ['28/11/2026 15:00', 'day-first'],
    ['28-11-2026, 15:00:00', 'day-first'],
    ['11/28/2026 3:00 PM', 'month-first'],
    ['11/28/2026 03:00:00 p.m.', 'month-first'],
  ] as const)('%j in Berlin, %s, is three in the afternoon', (text, dateOrder) => {
    expect(readTime(text, { timeZone: 'Europe/Berlin', dateOrder })).toBe(at('2026-11-28T15:00:00+01:00'))
  })

  it.each([
    ['12:00 AM', '00:00'],
    ['12:30 PM', '12:30'],
    ['11:59 pm', '23:59'],
  ])('%s is %s', (half, whole) => {
    const rules = { timeZone: 'UTC', dateOrder: 'month-first' } as const
    expect(readTime(`11/28/2026 ${half}`, rules)).toBe(at(`2026-11-28T${whole}:00Z`))
  })

  it('reads every day of a leap year and of a common year in every form, and no invalid day', () => {
    const rules = { timeZone: 'UTC', dateOrder: 'day-first' } as const
    const two = (figure: number): string => String(figure).padStart(2, '0')
    for (const year of [2024, 2026]) {
      for (let month = 0; month <= 13; month += 1) {
        for (let day = 0; day <= 32; day += 1) {
          const [mm, dd] = [two(month), two(day)]
          const iso = `${year}-${mm}-${dd}`
          const parsed = Date.parse(`${iso}T00:00:00Z`)
          // Date.parse rolls 30 February over.
          const isDay = Number.isFinite(parsed) && new Date(parsed).toISOString().startsWith(iso)
          const forms = [
            iso,
            `${iso}T00:00:00Z`,
            `${year}${mm}${dd}000000`,
            `${year}/${month}/${day}`,
            `${day}.${month}.${year}`,
            `${dd}/${mm}/${year}`,
          ]
          for (const form of forms) {
            const read = readTime(form, rules)
            if (isDay) expect(read, form).toBe(parsed)
            else expect(read, form).toMatchObject({ unreadable: expect.any(String) })
          }
        }
      }
    }
  })

  it.each([
    ['2024-06-10 10:20:00', null, 'set "timeZone"'],
    ['Tue Oct 06 00:02:00 CST 2026', null, 'set "timeZone"'],
    ['2024-13-40T00:00:00Z', 'Europe/Berlin', 'cannot be read'],
    ['2026-13-45 99:99:99', 'Europe/Berlin', 'cannot be read'],
    ['2026-11-28 24:30', 'Europe/Berlin', 'cannot be read'],
    ['yesterday', 'Europe/Berlin', '"yesterday" cannot be read'],
    ['gestern', 'Europe/Berlin', 'cannot be read'],
    ['0001-01-01T00:00:00', 'Europe/Berlin', 'before 2001'],
    ['1970-01-01T01:00:00.000+01:00', 'Europe/Berlin', 'before 2001'],
    ['', 'Europe/Berlin', 'is empty'],
    ['  ', 'Europe/Berlin', 'is empty'],
    [0, 'Europe/Berlin', 'cannot be read'],
    [-62_135_596_800, 'Europe/Berlin', 'cannot be read'],
    [-9, 'Europe/Berlin', 'cannot be read'],
    [true, 'Europe/Berlin', 'cannot be read'],
    [{ at: 1 }, 'Europe/Berlin', 'is not a text'],
    ['10/06/2024 10:20', 'Europe/Berlin', 'set "dateOrder"'],
    ['13:00 PM', 'Europe/Berlin', 'cannot be read'],
  ])('%j in %s never counts as now: %s', (text, timeZone, reason) => {
    expect(readTime(text, { timeZone })).toMatchObject({ unreadable: expect.stringContaining(reason) })
  })

  it.each([undefined, null])('%j is not a time', (value) => {
    expect(readTime(value, { timeZone: null })).toBeNull()
  })
})
