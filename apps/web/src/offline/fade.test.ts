import { describe, expect, it } from 'vitest'
import { faded, FIGURES_LIVE_MS } from './fade.ts'

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

describe('a last known zone', () => {
  it('keeps its figures for their life and no longer', () => {
    expect(faded(zone, FIGURES_LIVE_MS - 1)).toBe(zone)
    expect(faded(zone, FIGURES_LIVE_MS).availability).toEqual({
      ...zone.availability,
      state: 'unknown',
      expectedFree: null,
      freeLow: null,
      freeHigh: null,
      chance: null,
      latest: null,
    })
  })

  it('says what was likely soon only while it is soon', () => {
    const observedAt = zone.availability.observedAt
    const expected = { minutes: 20, state: 'some', chance: 0.6 } as const
    const latest = { kind: 'level', level: 'full', count: null, observedAt, source: 'rider', agrees: false } as const
    const full = {
      ...zone,
      availability: { ...zone.availability, state: 'full' as const, latest: { ...latest, expected } },
    }
    expect(faded(full, 5 * 60_000 - 1)).toBe(full)
    expect(faded(full, 5 * 60_000).availability).toEqual({
      ...full.availability,
      latest: { ...latest, expected: null },
    })
    expect(faded(full, FIGURES_LIVE_MS).availability).toMatchObject({ state: 'unknown', latest: null })
  })

  it('is never known again once it is unknown, and closed is not for ever', () => {
    const unknown = faded(zone, FIGURES_LIVE_MS)
    expect(faded(unknown, 2 * FIGURES_LIVE_MS)).toBe(unknown)
    const closed = { ...zone, availability: { ...zone.availability, state: 'closed' as const } }
    expect(faded(closed, FIGURES_LIVE_MS).availability.state).toBe('unknown')
  })
})
