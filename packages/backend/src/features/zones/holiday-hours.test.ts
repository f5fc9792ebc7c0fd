import { readFileSync } from 'node:fs'
import path from 'node:path'
import { sharedData } from '@kickstand/testkit'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { loadHolidays } from '#platform/holidays.ts'
import { evaluateHours, type Open, timeOfWall } from './evaluate-hours.ts'
import { openBetween } from './holiday-hours.ts'
import { createOpeningHours } from './opening-hours.ts'

const holidaysOf = await loadHolidays()

/** The state at noon of a local day. */
function stateAt(value: string, [lat, lng]: readonly [number, number], noon: string): string | undefined {
  return createOpeningHours(holidaysOf)(value, lat, lng)?.at(Date.parse(noon)).state
}

/** Joins intervals that follow each other without a gap. */
function joined(open: readonly Open[]): Open[] {
  const all: Open[] = []
  for (const stretch of open) {
    const last = all.at(-1)
    if (last?.to === stretch.from && last.isUnsure === stretch.isUnsure) all.splice(-1, 1, { ...last, to: stretch.to })
    else all.push(stretch)
  }
  return all
}

const LONDON = [51.51, -0.12] as const
const CARDIFF = [51.48, -3.18] as const
const EDINBURGH = [55.95, -3.19] as const
const BELFAST = [54.6, -5.93] as const
const HONG_KONG = [22.3, 114.17] as const
const SINGAPORE = [1.29, 103.85] as const
const TAIPEI = [25.05, 121.5] as const
const KATHMANDU = [27.7, 85.32] as const
const DOHA = [25.29, 51.53] as const

/** Noon at each place; a Wednesday without a holiday anywhere is 4 March 2026. */
const CALENDARS = [
  // Countries with sample data.
  ['Monaco', [43.735, 7.42], '2026-11-19T11:00:00Z'],
  ['San Francisco', [37.78, -122.41], '2026-11-26T20:00:00Z'],
  ['Madrid', [40.42, -3.7], '2026-10-12T10:00:00Z'],
  ['Málaga', [36.72, -4.42], '2026-12-08T11:00:00Z'],
  ['Vitoria-Gasteiz', [42.85, -2.67], '2026-05-01T10:00:00Z'],
  ['Esslingen', [48.74, 9.31], '2026-05-14T10:00:00Z'],
  ['Birmingham', [52.48, -1.9], '2026-08-31T11:00:00Z'],
  ['Taipei', TAIPEI, '2026-02-17T04:00:00Z'],
  ['Taipei, National Day on a Saturday', TAIPEI, '2026-10-10T04:00:00Z'],
  // The United Kingdom’s nations.
  ['London, summer', LONDON, '2026-08-31T11:00:00Z'],
  ['Cardiff, summer', CARDIFF, '2026-08-31T11:00:00Z'],
  ['Edinburgh, summer', EDINBURGH, '2026-08-03T11:00:00Z'],
  ['Edinburgh, St Andrew’s Day', EDINBURGH, '2026-11-30T12:00:00Z'],
  ['Edinburgh, 2 January', EDINBURGH, '2026-01-02T12:00:00Z'],
  ['Belfast, St Patrick’s Day', BELFAST, '2026-03-17T12:00:00Z'],
  ['Belfast, July', BELFAST, '2026-07-13T11:00:00Z'],
  ['Hong Kong, New Year', HONG_KONG, '2026-02-18T04:00:00Z'],
  ['Hong Kong, July', HONG_KONG, '2026-07-01T04:00:00Z'],
  ['Singapore', SINGAPORE, '2026-05-27T04:00:00Z'],
  ['Singapore, a substitute day', SINGAPORE, '2026-08-10T04:00:00Z'],
] as const

const ORDINARY = [
  ['Monaco', [43.735, 7.42], '2026-03-04T11:00:00Z'],
  ['San Francisco', [37.78, -122.41], '2026-03-04T20:00:00Z'],
  ['Madrid', [40.42, -3.7], '2026-03-04T11:00:00Z'],
  ['Esslingen', [48.74, 9.31], '2026-03-04T11:00:00Z'],
  ['London', LONDON, '2026-03-04T12:00:00Z'],
  ['London on Scotland’s summer holiday', LONDON, '2026-08-03T11:00:00Z'],
  ['Edinburgh on England’s', EDINBURGH, '2026-08-31T11:00:00Z'],
  ['Edinburgh on Easter Monday', EDINBURGH, '2026-04-06T11:00:00Z'],
  ['Cardiff on St Patrick’s Day', CARDIFF, '2026-03-17T12:00:00Z'],
  ['Belfast on St Andrew’s Day', BELFAST, '2026-11-30T12:00:00Z'],
  ['Hong Kong', HONG_KONG, '2026-03-04T04:00:00Z'],
  ['Singapore', SINGAPORE, '2026-03-04T04:00:00Z'],
  ['Taipei', TAIPEI, '2026-03-04T04:00:00Z'],
  ['Kathmandu, which has no calendar', KATHMANDU, '2026-03-04T06:00:00Z'],
  ['Doha, which has no calendar', DOHA, '2026-03-04T09:00:00Z'],
] as const

describe('hours with public holidays', () => {
  let logged: ReturnType<typeof vi.spyOn>
  beforeEach(() => {
    logged = vi.spyOn(console, 'error')
  })
  afterEach(() => {
    expect(logged).not.toHaveBeenCalled()
    logged.mockRestore()
  })

  it.each(CALENDARS)('know the calendar of %s', (_name, place, noon) => {
    expect(stateAt('Mo-Su 08:00-18:00; PH off', place, noon)).toBe('closed')
    expect(stateAt('PH 08:00-18:00', place, noon)).toBe('open')
  })

  it.each(ORDINARY)('are certain on an ordinary day in %s', (_name, place, noon) => {
    expect(stateAt('Mo-Su 08:00-18:00; PH off', place, noon)).toBe('open')
    expect(stateAt('PH 08:00-18:00', place, noon)).toBe('closed')
    expect(stateAt('Mo-Fr 08:00-19:00; PH', place, noon)).toBe('open')
  })

  it('change at midnight to and from a holiday', () => {
    const hours = createOpeningHours(holidaysOf)('Mo-Su; PH off', ...LONDON)
    expect(hours?.at(Date.parse('2026-08-30T12:00:00Z'))).toEqual({
      state: 'open',
      until: Date.parse('2026-08-30T23:00:00Z'),
    })
    expect(hours?.at(Date.parse('2026-08-31T12:00:00Z'))).toEqual({
      state: 'closed',
      until: Date.parse('2026-08-31T23:00:00Z'),
    })
  })

  it('are unknown only next to a holiday where they depend on the day before it', () => {
    const value = 'Mo-Su 08:00-18:00; PH -1 day off'
    expect(stateAt(value, LONDON, '2026-08-30T11:00:00Z')).toBe('unknown')
    expect(stateAt(value, LONDON, '2026-08-27T11:00:00Z')).toBe('open')
  })

  it('are unknown with school holidays that the library lacks, without an error', () => {
    expect(stateAt('Mo-Fr 08:00-18:00; SH off', HONG_KONG, '2026-03-04T04:00:00Z')).toBe('unknown')
  })

  const data = sharedData('importer/opening_hours')
  it.skipIf(data === null)('are the same as the library’s where it has the calendar', { timeout: 60_000 }, () => {
    const lines = readFileSync(path.join(data ?? '', 'real-osm-values.tsv'), 'utf8')
      .split('\n')
      .slice(1)
    const values = lines.flatMap((line) => line.split('\t')[1] ?? []).filter((value) => /\bPH\b/.test(value))
    expect(values.length).toBeGreaterThan(50)
    const place = { timeZone: 'Europe/Berlin', lat: 52.52, lng: 13.4 }
    const german = { ...place, country: 'de', isHoliday: holidaysOf('de') }
    let compared = 0
    for (const value of values) {
      for (const day of ['2026-05-01', '2026-05-05', '2026-12-25']) {
        const from = timeOfWall(Date.parse(day), 'Europe/Berlin')
        // From six o'clock on, because hours that run past midnight are evaluated differently.
        const [start, end] = [from + 6 * 3_600_000, from + 24 * 3_600_000]
        const native = evaluateHours(value, place, 'de', start, end)
        if (native === null || /\bSH\b|PH\s*[+-]/.test(value)) continue
        compared += 1
        expect(openBetween(value, german, start, end), `${value} on ${day}`).toEqual(joined(native))
      }
    }
    expect(compared).toBeGreaterThan(120)
  })
})
