import type { AvailabilityBody } from '@kickstand/contract'
import { describe, expect, it } from 'vitest'
import { textsOf } from '#i18n/fixtures.ts'
import { isStale, seenText } from './ages.ts'

const NOW = Date.parse('2026-06-01T12:00:00Z')
const { t, format } = await textsOf('en')

function seen(minutesAgo: number | null, over: Partial<AvailabilityBody> = {}): AvailabilityBody {
  return {
    state: 'some',
    expectedFree: 3,
    freeLow: 2,
    freeHigh: 4,
    chance: 0.9,
    observedAt: minutesAgo === null ? null : new Date(NOW - minutesAgo * 60_000).toISOString(),
    ageSeconds: null,
    source: 'rider',
    reports: 1,
    reportsDisagree: false,
    capacityDoubted: false,
    latest: null,
    ...over,
  }
}

describe('age and source of a figure', () => {
  it.each([
    [seen(0), 'seen just now by a rider'],
    [seen(6), 'seen 6 min ago by a rider'],
    [seen(130), 'seen 2 hr ago by a rider'],
    [seen(3, { source: 'sensor' }), 'measured 3 min ago by a sensor'],
    [seen(200, { source: 'history' }), 'usual for this hour; last seen 3 hr ago'],
    [seen(null, { source: 'history' }), t('seen.usual')],
    [seen(null, { state: 'closed', source: 'none' }), 'outside opening hours'],
    [seen(null, { state: 'unknown', source: 'none' }), 'No reports yet'],
    [seen(540, { state: 'unknown', source: 'none' }), 'Last seen 9 hr ago, too long ago to say'],
  ])('%#: names the source and the age', (availability, text) => {
    expect(seenText(availability, NOW, t, format)).toBe(text)
  })

  it('belong to the shown sighting, and mark the rider’s own', () => {
    const latest = { kind: 'level', level: 'full', count: null, agrees: false, expected: null } as const
    const observedAt = new Date(NOW - 2 * 60_000).toISOString()
    const sighted = seen(0, { state: 'full', latest: { ...latest, observedAt, source: 'rider' } })
    expect(seenText(sighted, NOW, t, format)).toBe('seen 2 min ago by a rider')
    expect(seenText(sighted, NOW, t, format, true)).toBe('you reported 2 min ago')
    expect(seenText(sighted, NOW - 90_000, t, format, true)).toBe('you reported just now')
  })

  it('grows over time without a new answer', () => {
    const availability = seen(6)
    expect(seenText(availability, NOW + 10 * 60_000, t, format)).toBe('seen 16 min ago by a rider')
    expect(isStale(availability, NOW)).toBe(false)
    expect(isStale(availability, NOW + 60 * 60_000)).toBe(true)
  })

  it('is never negative when the clocks differ', () => {
    expect(seenText(seen(-3), NOW, t, format)).toBe('seen just now by a rider')
  })

  it('counts history as stale and an unknown state as neither', () => {
    expect(isStale(seen(1, { source: 'history' }), NOW)).toBe(true)
    expect(isStale(seen(900, { state: 'unknown' }), NOW)).toBe(false)
  })
})
