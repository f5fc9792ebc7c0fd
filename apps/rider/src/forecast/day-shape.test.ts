import type { ForecastBody, ForecastPointBody } from '@kickstand/contract'
import { describe, expect, it } from 'vitest'
import { textsOf } from '#i18n/fixtures.ts'
import { dayShape, hourTicks } from './day-shape.ts'
import { pointText, summaryText } from './day-words.ts'
import { localClock, placeName } from './local-time.ts'

const NOW = Date.parse('2026-03-04T12:00:00Z')
const HALF_HOUR_MS = 30 * 60_000
const words = await textsOf('en', 'en-GB')

function point(i: number, free: number | null, over: Partial<ForecastPointBody> = {}): ForecastPointBody {
  return {
    at: new Date(NOW + i * HALF_HOUR_MS).toISOString(),
    state: free === null ? 'unknown' : 'some',
    expectedFree: free,
    freeLow: free === null ? null : Math.max(0, Math.round(free) - 2),
    freeHigh: free === null ? null : Math.round(free) + 2,
    chance: free === null ? null : 0.8,
    source: free === null ? 'none' : 'history',
    ...over,
  }
}

function forecast(points: readonly ForecastPointBody[], over: Partial<ForecastBody> = {}): ForecastBody {
  return {
    zoneId: 'zone00001',
    timeZone: 'Europe/Berlin',
    asOf: new Date(NOW).toISOString(),
    capacity: 10,
    reportsDisagree: false,
    capacityDoubted: false,
    points: [...points],
    observations: [],
    ...over,
  }
}

describe('the shape of a day', () => {
  it('interrupts the line where nothing is known, instead of drawing 0', () => {
    const shape = dayShape(forecast([point(0, 4), point(1, null), point(2, null), point(3, 6), point(4, 5)]))
    expect(shape.known.map((run) => run.map(({ value }) => value))).toEqual([[0.4], [0.6, 0.5]])
    expect(shape.unknown).toEqual([{ from: NOW, to: NOW + 3 * HALF_HOUR_MS }])
  })

  it('distinguishes closed from unknown', () => {
    const shape = dayShape(forecast([point(0, null, { state: 'closed' }), point(1, null), point(2, 3)]))
    expect(shape.closed).toEqual([{ from: NOW, to: NOW + HALF_HOUR_MS }])
    expect(shape.unknown).toEqual([{ from: NOW + HALF_HOUR_MS, to: NOW + 2 * HALF_HOUR_MS }])
  })

  it('draws the chance if the capacity is unknown', () => {
    const shape = dayShape(forecast([point(0, null, { state: 'few', chance: 0.3 })], { capacity: null }))
    expect(shape.measure).toBe('chance')
    expect(shape.known[0]?.[0]?.value).toBe(0.3)
  })

  it('begins before the first observation, and keeps marks inside', () => {
    const at = new Date(NOW - 3 * 60 * 60_000).toISOString()
    const seen = { at, kind: 'count', free: 12, level: null, effect: 'estimate' } as const
    const shape = dayShape(forecast([point(0, 4)], { observations: [seen, { ...seen, free: null, level: 'full' }] }))
    expect(shape.from).toBeLessThan(Date.parse(at))
    expect(shape.seen.map(({ value, exact }) => [value, exact])).toEqual([
      [1, true],
      [0, false],
    ])
  })

  it('labels as many full local hours as fit', () => {
    const clock = localClock('Asia/Kolkata')
    const day = { from: NOW, to: NOW + 48 * HALF_HOUR_MS }
    for (const fit of [3, 5, 9]) {
      const ticks = hourTicks(day, fit, clock)
      expect(ticks.length).toBeLessThanOrEqual(fit + 1)
      expect(ticks.length).toBeGreaterThan(1)
      for (const tick of ticks) expect(clock(tick).minute).toBe(0)
    }
  })
})

describe('the day in words', () => {
  it('gives the state now, and the local times with most and least space', () => {
    const day = forecast([point(0, 4), point(1, 8), point(2, 1)])
    expect(summaryText(day, words)).toBe('Now about 4 free (2–6); most space around 13:30 (8), least around 14:00 (1).')
  })

  it('has no number for an unknown state', () => {
    expect(pointText(point(0, null), words)).toBe('not known')
    expect(summaryText(forecast([point(0, null)]), words)).toBe('Now not known.')
  })

  it('names a time zone by its city, or by its offset at sea', () => {
    expect(placeName('America/Los_Angeles', NOW)).toBe('Los Angeles')
    expect(placeName('Etc/GMT+2', NOW)).toBe('GMT-2')
  })
})
