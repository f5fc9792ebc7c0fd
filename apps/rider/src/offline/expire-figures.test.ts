import { describe, expect, it } from 'vitest'
import { withExpiredFigures, MAX_FIGURE_AGE_MS } from './expire-figures.ts'

const zone = {
  id: 'zone00001',
  availability: {
    state: 'some' as const,
    expectedFree: 4,
    freeLow: 2,
    freeHigh: 6,
    chance: 0.9,
    observedAt: '2026-06-01T12:00:00.000Z',
    ageSeconds: 60,
    source: 'rider' as const,
    reports: 2,
    reportsDisagree: false,
    capacityDoubted: false,
    latest: null,
  },
}

describe('a saved zone', () => {
  it('keeps its figures until they expire', () => {
    expect(withExpiredFigures(zone, MAX_FIGURE_AGE_MS - 1)).toBe(zone)
    expect(withExpiredFigures(zone, MAX_FIGURE_AGE_MS).availability).toEqual({
      ...zone.availability,
      state: 'unknown',
      expectedFree: null,
      freeLow: null,
      freeHigh: null,
      chance: null,
      latest: null,
    })
  })

  it('keeps the expectation only while it is current', () => {
    const observedAt = zone.availability.observedAt
    const expected = { minutes: 20, state: 'some', chance: 0.6 } as const
    const latest = { kind: 'level', level: 'full', count: null, observedAt, source: 'rider', agrees: false } as const
    const full = {
      ...zone,
      availability: { ...zone.availability, state: 'full' as const, latest: { ...latest, expected } },
    }
    expect(withExpiredFigures(full, 5 * 60_000 - 1)).toBe(full)
    expect(withExpiredFigures(full, 5 * 60_000).availability).toEqual({
      ...full.availability,
      latest: { ...latest, expected: null },
    })
    expect(withExpiredFigures(full, MAX_FIGURE_AGE_MS).availability).toMatchObject({ state: 'unknown', latest: null })
  })

  it('stays unknown, and does not stay closed', () => {
    const unknown = withExpiredFigures(zone, MAX_FIGURE_AGE_MS)
    expect(withExpiredFigures(unknown, 2 * MAX_FIGURE_AGE_MS)).toBe(unknown)
    const closed = { ...zone, availability: { ...zone.availability, state: 'closed' as const } }
    expect(withExpiredFigures(closed, MAX_FIGURE_AGE_MS).availability.state).toBe('unknown')
  })
})
