import { readFileSync } from 'node:fs'
import path from 'node:path'
import { sharedData } from '@kickstand/testkit'
import { describe, expect, it } from 'vitest'
import { loadHolidays } from '#platform/holidays.ts'
import { createOpeningHours } from './opening-hours.ts'

const BERLIN = [52.52, 13.4] as const
const SAN_FRANCISCO = [37.78, -122.41] as const
const holidaysOf = await loadHolidays()

/** Whether hours are closed at a time; false for places that never close. */
function closed(value: string, [lat, lng]: readonly [number, number], at: string): boolean {
  return createOpeningHours(holidaysOf)(value, lat, lng)?.isClosed(Date.parse(at)) ?? false
}

describe('opening hours', () => {
  it.each([
    // 4 March 2026 is a Wednesday.
    ['Mo-Fr 08:00-18:00', BERLIN, '2026-03-04T06:59:00Z', true],
    ['Mo-Fr 08:00-18:00', BERLIN, '2026-03-04T07:00:00Z', false],
    ['Mo-Fr 08:00-18:00', BERLIN, '2026-03-04T17:00:00Z', true],
    ['Mo-Fr 08:00-18:00', SAN_FRANCISCO, '2026-03-04T15:59:00Z', true],
    ['Mo-Fr 08:00-18:00', SAN_FRANCISCO, '2026-03-04T16:00:00Z', false],
    ['Mo-Fr 08:00-18:00', BERLIN, '2026-03-07T12:00:00Z', true],
    ['Mo-Su 05:15-01:00', BERLIN, '2026-03-04T23:30:00Z', false],
    ['closed', BERLIN, '2026-03-04T12:00:00Z', true],
    ['24/7', BERLIN, '2026-03-04T12:00:00Z', false],
    // Labour Day is a public holiday in Germany; 1 May 2026 is a Friday.
    ['Mo-Fr 08:00-18:00; PH off', BERLIN, '2026-05-01T10:00:00Z', true],
    ['Mo-Fr 08:00-18:00; PH off', SAN_FRANCISCO, '2026-05-01T18:00:00Z', false],
    // The sun rises over San Francisco at about 06:35 and sets at about 18:05.
    ['sunrise-sunset', SAN_FRANCISCO, '2026-03-04T14:00:00Z', true],
    ['sunrise-sunset', SAN_FRANCISCO, '2026-03-04T15:00:00Z', false],
    ['sunrise-sunset', SAN_FRANCISCO, '2026-03-05T01:30:00Z', false],
    ['sunrise-sunset', SAN_FRANCISCO, '2026-03-05T03:00:00Z', true],
  ] as const)('%s at %j, %s: closed %s', (value, place, at, expected) => {
    expect(closed(value, place, at)).toBe(expected)
  })

  it('that are unreadable do not close a place', () => {
    for (const value of ['At All Times', 'Mo-Fr 09:00-1300 & 14:00-18:00', ';', '(', '"', 'x'.repeat(1000)])
      expect(closed(value, BERLIN, '2026-03-04T03:00:00Z'), value).toBe(false)
  })

  it('that only may be open do not close a place', () => {
    expect(closed('Mo-Fr 08:00-18:00 "customers"', BERLIN, '2026-03-04T12:00:00Z')).toBe(false)
  })

  it('keep the wall clock on the days when clocks change', () => {
    // Berlin springs forward on 29 March 2026: 08:00 is 06:00 UTC from then on.
    const hours = createOpeningHours()('Mo-Su 08:00-18:00', ...BERLIN)
    const at = (time: string): boolean | undefined => hours?.isClosed(Date.parse(time))
    expect(at('2026-03-28T06:30:00Z')).toBe(true)
    expect(at('2026-03-28T07:30:00Z')).toBe(false)
    expect(at('2026-03-29T06:30:00Z')).toBe(false)
    expect(at('2026-03-29T05:30:00Z')).toBe(true)
    expect(at('2026-03-28T06:30:00Z')).toBe(true)
  })

  it('are shared by zones with the same text in the same time zone', () => {
    const read = createOpeningHours()
    expect(read('Mo-Fr 08:00-18:00', 52.5, 13.4)).toBe(read('Mo-Fr 08:00-18:00', 48.1, 11.5))
    expect(read('Mo-Fr 08:00-18:00', 52.5, 13.4)).not.toBe(read('Mo-Fr 08:00-18:00', ...SAN_FRANCISCO))
  })

  it('once evaluated, cost a request next to nothing', () => {
    const hours = createOpeningHours()('Mo-Fr 08:00-18:00; Sa 09:00-13:00', ...BERLIN)
    const start = Date.parse('2026-03-04T12:00:00Z')
    hours?.isClosed(start)
    const began = performance.now()
    for (let i = 0; i < 100_000; i += 1) hours?.isClosed(start + (i % 1440) * 60_000)
    expect((performance.now() - began) / 100_000).toBeLessThan(0.01)
  })

  it.each([
    ['Mo-Fr 08:00-18:00', BERLIN, '2026-03-04T12:00:00Z', 'open', '2026-03-04T17:00:00Z'],
    // Friday evening: until Monday morning, over two midnights and a skipped hour.
    ['Mo-Fr 08:00-18:00', BERLIN, '2026-03-27T20:00:00Z', 'closed', '2026-03-30T06:00:00Z'],
    ['Mo-Fr 00:00-24:00', BERLIN, '2026-03-04T12:00:00Z', 'open', '2026-03-06T23:00:00Z'],
    ['Mo-Fr 08:00-18:00 "customers"', BERLIN, '2026-03-04T12:00:00Z', 'unknown', '2026-03-04T17:00:00Z'],
    ['closed', BERLIN, '2026-03-04T12:00:00Z', 'closed', null],
    ['Jan-Dec', BERLIN, '2026-03-04T12:00:00Z', 'open', null],
    ['Mo-Fr 09:00-1300 & 14:00-18:00', BERLIN, '2026-03-04T12:00:00Z', 'unknown', null],
  ] as const)('%s at %j, %s is %s until %s', (value, place, at, state, until) => {
    const result = createOpeningHours()(value, ...place)?.at(Date.parse(at))
    expect({ state: result?.state, until: result?.until }).toEqual({ state, until: until && Date.parse(until) })
  })

  const data = sharedData('importer/opening_hours')
  it.skipIf(data === null)(
    'from real data never throw',
    () => {
      const lines = readFileSync(path.join(data ?? '', 'real-osm-values.tsv'), 'utf8')
        .split('\n')
        .slice(1)
      const read = createOpeningHours()
      const values = lines.flatMap((line) => line.split('\t')[1] ?? [])
      expect(values.length).toBeGreaterThan(1_000)
      let sometimes = 0
      for (const value of values) {
        const hours = read(value, ...SAN_FRANCISCO)
        const times = Array.from({ length: 48 }, (_, i) => Date.parse('2026-03-04T00:00:00Z') + i * 30 * 60_000)
        const answers = new Set(times.map((time) => hours?.isClosed(time) ?? false))
        if (answers.size === 2) sometimes += 1
        for (const time of times) if (hours?.at(time).state === 'closed') expect(hours.isClosed(time), value).toBe(true)
      }
      expect(sometimes / values.length).toBeGreaterThan(0.7)
    },
    30_000,
  )
})
