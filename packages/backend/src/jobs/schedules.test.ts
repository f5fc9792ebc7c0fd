import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dailyAt, every } from './schedules.ts'

const at = (text: string): number => Date.parse(text)

it('every: a fixed time after the start of a run', () => {
  expect(every(1_000)(5)).toBe(1_005)
})

describe('daily', () => {
  it.each([
    // Summer time begins on 29 March 2026 at 02:00 and ends on 25 October at 03:00.
    ['04:30', 'Europe/Madrid', '2026-03-28T03:30:00Z', '2026-03-29T02:30:00.000Z'],
    ['04:30', 'Europe/Madrid', '2026-10-24T02:30:00Z', '2026-10-25T03:30:00.000Z'],
    ['02:30', 'Europe/Madrid', '2026-03-28T12:00:00Z', '2026-03-29T01:00:00.000Z'],
    ['02:30', 'Europe/Madrid', '2026-03-29T01:00:00Z', '2026-03-30T00:30:00.000Z'],
    ['02:30', 'Europe/Madrid', '2026-10-24T12:00:00Z', '2026-10-25T00:30:00.000Z'],
    ['02:30', 'Europe/Madrid', '2026-10-25T00:30:00Z', '2026-10-26T01:30:00.000Z'],
    ['00:00', 'Asia/Kathmandu', '2026-01-01T00:00:00Z', '2026-01-01T18:15:00.000Z'],
    ['23:59', 'UTC', '2026-12-31T23:59:00Z', '2027-01-01T23:59:00.000Z'],
  ])('%s in %s after %s is %s', (time, zone, after, expected) => {
    expect(new Date(dailyAt(time, zone)(at(after))).toISOString()).toBe(expected)
  })

  it('comes once a day, whatever the time and the zone', () => {
    const zones = ['UTC', 'Europe/Madrid', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Tehran', 'Pacific/Apia']
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 24 * 60 - 1 }),
        fc.integer({ min: at('2024-01-01T00:00:00Z'), max: at('2030-01-01T00:00:00Z') }),
        (zone, minute, from) => {
          const time = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
          const next = dailyAt(time, zone)
          let last = next(from)
          expect(last).toBeGreaterThan(from)
          for (let day = 0; day < 5; day += 1) {
            const following = next(last)
            expect(Math.abs(following - last - 24 * 3_600_000)).toBeLessThanOrEqual(3_600_000)
            last = following
          }
        },
      ),
      { numRuns: 200 },
    )
  })
})
