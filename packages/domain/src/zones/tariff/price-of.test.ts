import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { zoneOffsets } from '#availability/model/local-week.ts'
import { checkTariff } from './check-tariff.ts'
import { priceOf } from './price-of.ts'
import type { LocalCalendar } from './stretches.ts'
import { DAY_MINUTES, TARIFF_DAYS, type Tariff, type TariffBand } from './tariff.ts'

const HOUR = 60
const WORKDAYS = ['Mo', 'Tu', 'We', 'Th', 'Fr'] as const
const EVERY_DAY = [...WORKDAYS, 'Sa', 'Su'] as const
/** Christmas Day 2026 is a Friday. */
const HOLIDAY = Date.parse('2026-12-25') / 86_400_000
const UTC: LocalCalendar = { offsetAt: () => 0, isHoliday: (day) => day === HOLIDAY }
const BERLIN: LocalCalendar = { ...UTC, offsetAt: zoneOffsets('Europe/Berlin') }

const hourly: TariffBand = { days: EVERY_DAY, from: 0, until: DAY_MINUTES, perMinutes: 60, amountMinor: 150 }
const day = { ...hourly, days: WORKDAYS, from: 8 * HOUR, until: 18 * HOUR }
const night = { ...hourly, from: 22 * HOUR, until: 6 * HOUR, amountMinor: 50 }
const once = { ...hourly, perMinutes: null, amountMinor: 300 }
const tariff = (bands: readonly TariffBand[], others: Partial<Tariff> = {}): Tariff => ({
  currency: 'EUR',
  freeMinutes: 0,
  maxPerDayMinor: null,
  bands,
  ...others,
})
const HOLIDAYS_FREE = tariff([day, { ...hourly, days: ['PH'], amountMinor: 0 }])
const HOLIDAYS_CHEAP = tariff([day, { ...hourly, days: ['PH'], amountMinor: 20 }])

describe('the price of a stay', () => {
  it.each<[string, Tariff, string, number, number | null]>([
    ['nothing for no time', tariff([hourly]), '2026-12-21T12:00', 0, 0],
    ['a started unit in full', tariff([hourly]), '2026-12-21T12:00', 1, 150],
    ['a whole unit once', tariff([hourly]), '2026-12-21T12:00', 60, 150],
    ['the next unit from its first minute', tariff([hourly]), '2026-12-21T12:00', 61, 300],
    ['a part of a minute as a minute', tariff([hourly]), '2026-12-21T12:00', 60.1, 300],
    ['a unit over midnight once', tariff([hourly]), '2026-12-21T23:30', 60, 150],
    ['nothing outside of bands', tariff([day]), '2026-12-21T18:00', 14 * HOUR, 0],
    ['the part within a band', tariff([day]), '2026-12-21T17:30', 14 * HOUR, 150],
    ['a new unit on the next day', tariff([day]), '2026-12-21T17:30', 15 * HOUR, 300],
    ['nothing at weekends', tariff([day]), '2026-12-26T09:00', 2 * HOUR, 0],
    ['from Friday to Monday, the paid hours', tariff([day]), '2026-12-18T17:00', 64 * HOUR, 300],
    ['each band at its price', tariff([day, night]), '2026-12-21T17:00', 6 * HOUR, 150 + 50],
    ['a band over midnight', tariff([night]), '2026-12-21T21:00', 12 * HOUR, 8 * 50],
    ['the end of a band that started yesterday', tariff([night]), '2026-12-21T05:00', 12 * HOUR, 50],
    ['a night that does not start on that day', tariff([{ ...night, days: ['Mo'] }]), '2026-12-21T05:00', 60, 0],
    ['a night of the day before', tariff([{ ...night, days: ['Mo'] }]), '2026-12-22T05:00', 60, 50],
    ['free minutes', tariff([hourly], { freeMinutes: 30 }), '2026-12-21T12:00', 30, 0],
    ['free minutes and then', tariff([hourly], { freeMinutes: 30 }), '2026-12-21T12:00', 31, 150],
    ['free minutes from arrival', tariff([day], { freeMinutes: 30 }), '2026-12-21T07:45', 20, 0],
    ['free minutes before the band', tariff([day], { freeMinutes: 30 }), '2026-12-21T07:00', 61, 150],
    ['at most the cap', tariff([hourly], { maxPerDayMinor: 500 }), '2026-12-21T00:00', 20 * HOUR, 500],
    ['the cap on each day', tariff([hourly], { maxPerDayMinor: 500 }), '2026-12-21T12:00', 48 * HOUR, 1500],
    ['the cap and a rest', tariff([hourly], { maxPerDayMinor: 500 }), '2026-12-21T12:00', 14 * HOUR, 800],
    ['a single payment', tariff([once]), '2026-12-21T12:00', 5 * HOUR, 300],
    ['one payment for a whole night', tariff([{ ...once, from: 1320, until: 360 }]), '2026-12-21T21:00', 720, 300],
    ['no known price where it may be due again', tariff([once]), '2026-12-21T12:00', 13 * HOUR, null],
    ['the price of the band that a holiday has', HOLIDAYS_CHEAP, '2026-12-25T09:00', 2 * HOUR, 40],
    ['nothing on a holiday with a free band', HOLIDAYS_FREE, '2026-12-25T09:00', 2 * HOUR, 0],
    ['the usual price on other days', HOLIDAYS_FREE, '2026-12-24T09:00', 2 * HOUR, 300],
    ['the usual price without holiday bands', tariff([day]), '2026-12-25T09:00', 2 * HOUR, 300],
    ['nothing known where bands overlap', tariff([hourly, day]), '2026-12-21T09:00', 1, null],
  ])('is %s', (_name, of, at, minutes, price) => {
    expect(priceOf(of, Date.parse(`${at}Z`), minutes, UTC)).toBe(price)
  })

  it.each([Number.NaN, -1, 367 * DAY_MINUTES, Infinity])('is unknown for a stay of %d minutes', (minutes) => {
    expect(priceOf(tariff([hourly]), 0, minutes, UTC)).toBeNull()
  })

  it('is unknown without a tariff, without a time, and on holidays that are unknown', () => {
    const noCalendar = { ...UTC, isHoliday: null }
    expect(priceOf(null, 0, 60, UTC)).toBeNull()
    expect(priceOf(tariff([hourly]), Number.NaN, 60, UTC)).toBeNull()
    expect(priceOf(HOLIDAYS_FREE, 0, 60, noCalendar)).toBeNull()
    expect(priceOf(tariff([hourly]), 0, 60, noCalendar)).toBe(150)
  })

  it.each([
    ['2026-03-28T23:00Z', 23 * HOUR, 23],
    ['2026-10-24T22:00Z', 25 * HOUR, 25],
    // From 01:30 to 03:30 on the clock, which is one hour in March and three in October.
    ['2026-03-29T00:30Z', 1 * HOUR, 1],
    ['2026-10-24T23:30Z', 3 * HOUR, 3],
  ])('counts the hours that pass when the clock changes: %s for %d minutes', (at, minutes, units) => {
    const morning = tariff([
      { ...hourly, until: 8 * HOUR },
      { ...hourly, from: 8 * HOUR },
    ])
    expect(priceOf(morning, Date.parse(at), minutes, BERLIN)).toBe(units * 150)
  })

  it('starts a band at its local time on the day on which the clock changes', () => {
    const daily = tariff([{ ...day, days: EVERY_DAY }])
    // In summer time 08:00 is 06:00 UTC, from 29 March 2026 on.
    expect(priceOf(daily, Date.parse('2026-03-28T23:00Z'), 7 * HOUR, BERLIN)).toBe(0)
    expect(priceOf(daily, Date.parse('2026-03-28T23:00Z'), 7 * HOUR + 1, BERLIN)).toBe(150)
  })
})

const anyDays = fc.uniqueArray(fc.constantFrom(...TARIFF_DAYS), { minLength: 1 })
const band: fc.Arbitrary<TariffBand> = fc.record({
  days: anyDays,
  from: fc.integer({ min: 0, max: 1439 }),
  until: fc.integer({ min: 1, max: 1440 }),
  perMinutes: fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 1, max: 180 }) }, fc.constant(null)),
  amountMinor: fc.integer({ min: 0, max: 500 }),
})
const anyTariff: fc.Arbitrary<Tariff> = fc
  .record({
    currency: fc.constant('EUR'),
    freeMinutes: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 120 })),
    bands: fc.array(band, { minLength: 1, maxLength: 4 }),
    maxPerDayMinor: fc.option(fc.integer({ min: 1, max: 3000 })),
  })
  .filter((one) => checkTariff(one).length === 0)
/** Within two weeks around Christmas, and around both changes of the clock. */
const anyTime = fc
  .tuple(fc.constantFrom('2026-12-18', '2026-03-27', '2026-10-23'), fc.integer({ min: 0, max: 7 * DAY_MINUTES }))
  .map(([date, minute]) => Date.parse(date) + minute * 60_000)
const anyStay = fc.integer({ min: 0, max: 4 * DAY_MINUTES })

/** The same price, minute by minute. */
function priceByMinute({ bands, freeMinutes, maxPerDayMinor }: Tariff, at: number, minutes: number): number | null {
  const withHolidays = bands.some(({ days }) => days.includes('PH'))
  const nameOf = (date: number): string | undefined =>
    withHolidays && date === HOLIDAY ? 'PH' : EVERY_DAY[(new Date(date * 86_400_000).getUTCDay() + 6) % 7]
  const perDay = new Map<number, number>()
  const paid = new Map<TariffBand, number>()
  let left = 0
  let running = ''
  for (let minute = freeMinutes; minute < minutes; minute += 1) {
    const clock = at / 60_000 + minute + BERLIN.offsetAt(at / 60_000 + minute)
    const [today, now] = [Math.floor(clock / 1440), clock % 1440]
    const find = (start: number, time: number) =>
      bands.find(({ days, from, until }) => {
        const end = until < from ? until + 1440 : until
        return time >= from && time < end && days.some((one) => one === nameOf(start))
      })
    const todays = find(today, now)
    const applies = todays ?? find(today - 1, now + 1440)
    const price = applies === undefined ? '' : `${applies.amountMinor} per ${applies.perMinutes}`
    if (price !== running) left = 0
    running = price
    if (applies === undefined || applies.amountMinor === 0) continue
    const add = (): unknown => perDay.set(today, (perDay.get(today) ?? 0) + applies.amountMinor)
    if (applies.perMinutes === null) {
      const start = todays === undefined ? today - 1 : today
      if (!paid.has(applies)) add()
      else if (paid.get(applies) !== start) return null
      paid.set(applies, start)
      continue
    }
    if (left === 0) {
      add()
      left = applies.perMinutes
    }
    left -= 1
  }
  let sum = 0
  for (const amount of perDay.values()) sum += Math.min(amount, maxPerDayMinor ?? amount)
  return sum
}

describe('the price of any stay', { timeout: 30_000 }, () => {
  it('is that of a minute-by-minute reference', () => {
    fc.assert(
      fc.property(anyTariff, anyTime, anyStay, (of, at, minutes) => {
        expect(priceOf(of, at, minutes, BERLIN)).toBe(priceByMinute(of, at, minutes))
      }),
      { numRuns: 300 },
    )
  })

  it('is never less for a longer stay', () => {
    fc.assert(
      fc.property(anyTariff, anyTime, anyStay, anyStay, (of, at, minutes, more) => {
        const longer = priceOf(of, at, minutes + more, BERLIN)
        if (longer === null) return
        const price = priceOf(of, at, minutes, BERLIN)
        expect(price).not.toBeNull()
        expect(longer).toBeGreaterThanOrEqual(price ?? Infinity)
      }),
    )
  })

  it('is nothing for the free minutes, whatever the time', () => {
    fc.assert(
      fc.property(anyTariff, anyTime, (of, at) => {
        expect(priceOf(of, at, of.freeMinutes, BERLIN)).toBe(0)
      }),
    )
  })

  it('is at most the cap for each day that the stay touches', () => {
    fc.assert(
      fc.property(anyTariff, anyTime, anyStay, (of, at, minutes) => {
        const days = Math.ceil(minutes / (23 * HOUR)) + 1
        const price = priceOf(of, at, minutes, BERLIN) ?? 0
        expect(price).toBeLessThanOrEqual(days * (of.maxPerDayMinor ?? Infinity))
      }),
    )
  })

  it('does not depend on where a band of the same price is cut', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1439 }), anyTime, anyStay, (cut, at, minutes) => {
        const parts = tariff([
          { ...hourly, until: cut },
          { ...hourly, from: cut },
        ])
        expect(priceOf(parts, at, minutes, BERLIN)).toBe(priceOf(tariff([hourly]), at, minutes, BERLIN))
      }),
    )
  })
})
