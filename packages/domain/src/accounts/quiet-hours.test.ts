import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { endOfQuietHours, readQuietHours, writeTimeOfDay } from './quiet-hours.ts'

const MINUTE_MS = 60_000
const DAY_MS = 1440 * MINUTE_MS
const NIGHT = readQuietHours({ from: '22:00', until: '07:00', timeZone: 'Europe/Berlin' })

function endOf(now: string, quiet = NIGHT): string | null {
  const end = endOfQuietHours(quiet, Date.parse(now))
  return end === null ? null : new Date(end).toISOString().replace(':00.000Z', 'Z')
}

describe('quiet hours over midnight', () => {
  it.each([
    ['2026-06-01T19:59:59Z', null],
    ['2026-06-01T20:00:00Z', '2026-06-02T05:00Z'],
    ['2026-06-02T04:59:59Z', '2026-06-02T05:00Z'],
    ['2026-06-02T05:00:00Z', null],
    // In winter the same clock is an hour nearer to UTC.
    ['2026-01-01T21:00:00Z', '2026-01-02T06:00Z'],
  ])('at %s end at %s', (now, end) => {
    expect(endOf(now)).toBe(end)
  })

  it('end at the local time of the new offset on nights when the clocks change', () => {
    expect(endOf('2026-03-28T22:30:00Z')).toBe('2026-03-29T05:00Z')
    expect(endOf('2026-10-24T22:30:00Z')).toBe('2026-10-25T06:00Z')
  })
})

describe('an end that the clocks', () => {
  it('skip is the end of the skip', () => {
    // On 29 March 2026 the clocks of Berlin go from 02:00 to 03:00, at 01:00 UTC.
    const quiet = readQuietHours({ from: '22:00', until: '02:30', timeZone: 'Europe/Berlin' })
    expect(endOf('2026-03-28T23:00:00Z', quiet)).toBe('2026-03-29T01:00Z')
  })

  it('show twice is the first of the two', () => {
    const quiet = readQuietHours({ from: '22:00', until: '02:30', timeZone: 'Europe/Berlin' })
    expect(endOf('2026-10-24T22:00:00Z', quiet)).toBe('2026-10-25T00:30Z')
  })
})

const ZONES = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata', 'America/St_Johns', 'UTC']
const timeOfDay = fc.integer({ min: 0, max: 1439 })

it('quiet hours of any zone end within a day, at their end or where the clocks skip it', () => {
  fc.assert(
    fc.property(
      timeOfDay,
      timeOfDay,
      fc.constantFrom(...ZONES),
      fc.integer({ min: Date.UTC(2026, 0, 1) / MINUTE_MS, max: Date.UTC(2027, 0, 1) / MINUTE_MS }),
      (from, until, timeZone, minute) => {
        fc.pre(from !== until)
        const now = minute * MINUTE_MS
        const quiet = { from, until, timeZone }
        const end = endOfQuietHours(quiet, now)
        if (end === null) return
        expect(end).toBeGreaterThan(now)
        expect(end - now).toBeLessThanOrEqual(DAY_MS + 60 * MINUTE_MS)
        expect(endOfQuietHours(quiet, end)).toBeNull()
        const wall = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' })
        if (wall.format(end) === writeTimeOfDay(until)) return
        // The clocks skipped it: a minute before was still before the end.
        expect(wall.format(end - MINUTE_MS) < writeTimeOfDay(until)).toBe(true)
        expect(wall.format(end) > writeTimeOfDay(until)).toBe(true)
      },
    ),
    { numRuns: 2000 },
  )
})

it.each([
  [{ from: '24:00' }, '/quietHours/from'],
  [{ until: '7:00' }, '/quietHours/until'],
  [{ until: '22:00' }, '/quietHours/until'],
  [{ timeZone: 'Mars/Olympus' }, '/quietHours/timeZone'],
  [{ timeZone: '+02:00' }, '/quietHours/timeZone'],
  [{ timeZone: '' }, '/quietHours/timeZone'],
])('rejects %j', (changes, pointer) => {
  const input = { from: '22:00', until: '07:00', timeZone: 'Europe/Berlin', ...changes }
  expect(() => readQuietHours(input)).toThrow(pointer)
})
