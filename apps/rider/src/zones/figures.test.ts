import type { AvailabilityBody } from '@kickstand/contract'
import { describe, expect, it } from 'vitest'
import { textsOf } from '#i18n/fixtures.ts'
import { chanceText, expectText, figureOf, figureText, rangeBeside } from './figures.ts'

const { t, format } = await textsOf('en')

function availability(over: Partial<AvailabilityBody>): AvailabilityBody {
  return {
    state: 'some',
    expectedFree: 3.8,
    freeLow: 2,
    freeHigh: 6,
    chance: 0.93,
    observedAt: '2026-06-01T12:00:00Z',
    ageSeconds: 0,
    source: 'rider',
    reports: 1,
    reportsDisagree: false,
    capacityDoubted: false,
    latest: null,
    ...over,
  }
}

const NOTHING = { expectedFree: null, freeLow: null, freeHigh: null, chance: null, observedAt: null } as const

describe('the figure of a zone', () => {
  it('is one rounded number with "about" while the range has a width', () => {
    expect(figureText(availability({}), t, format)).toBe('about 4 free')
    expect(rangeBeside(availability({}), format)).toBe('2–6')
  })

  it('drops "about" and the range if both ends are equal', () => {
    const sure = availability({ expectedFree: 4, freeLow: 4, freeHigh: 4 })
    expect(figureText(sure, t, format)).toBe('4 free')
    expect(rangeBeside(sure, format)).toBeNull()
  })

  it('is a range if the range is wide', () => {
    const wide = availability({ expectedFree: 3, freeLow: 0, freeHigh: 9 })
    expect(figureText(wide, t, format)).toBe('0–9 free')
    expect(rangeBeside(wide, format)).toBeNull()
  })

  it('is never 0 unless the state is full', () => {
    expect(figureText(availability({ state: 'few', expectedFree: 0.4, freeLow: 0, freeHigh: 1 }), t, format)).toBe(
      '0–1 free',
    )
  })

  it('does not promise a space that is unlikely', () => {
    const unlikely = availability({ state: 'few', expectedFree: 0.6, freeLow: 0, freeHigh: 2, chance: 0.37 })
    expect(figureText(unlikely, t, format)).toBe('0–2 free')
  })

  it('is a word if the capacity is unknown', () => {
    const word = availability({ state: 'few', expectedFree: null, freeLow: null, freeHigh: null })
    expect(figureOf(word)).toEqual({ kind: 'word', level: 'few' })
    expect(figureText(word, t, format)).toBe('Few free')
  })

  it('of an unknown zone has no number', () => {
    for (const expectedFree of [null, 0, 5]) {
      const unknown = availability({ ...NOTHING, state: 'unknown', expectedFree, source: 'none' })
      expect(figureText(unknown, t, format)).toBe('Not known')
      expect(figureOf(unknown)).toEqual({ kind: 'unknown' })
      expect(chanceText(unknown, t, format)).toBeNull()
    }
  })

  it('of a closed zone is "Closed", without a chance', () => {
    const closed = availability({ state: 'closed', chance: 0 })
    expect(figureText(closed, t, format)).toBe('Closed')
    expect(chanceText(closed, t, format)).toBeNull()
  })
})

describe('what follows the state', () => {
  const latest = { kind: 'level', level: 'full', count: null, source: 'rider', agrees: false } as const
  const full = { state: 'full', expectedFree: 0, freeLow: 0, freeHigh: 0, chance: 0.09 } as const
  const sighted = (state: 'some' | 'full') =>
    availability({
      ...full,
      latest: { ...latest, observedAt: '2026-06-01T12:00:00Z', expected: { minutes: 20, state, chance: 0.63 } },
    })

  it('is what to expect soon where that is another state, never a chance that contradicts it', () => {
    expect(expectText(sighted('some'), t, format)).toBe('Likely some free in 20 min')
    expect(figureText(sighted('some'), t, format)).toBe('Full')
  })

  it('is the chance if the same state or nothing is expected', () => {
    expect(expectText(sighted('full'), t, format)).toBe('A space is very unlikely · 9%')
    expect(expectText(availability({}), t, format)).toBe('A space is very likely · 93%')
  })
})

describe('the chance in words', () => {
  it.each([
    [0.97, 'A space is almost certain · 97%'],
    [0.8, 'A space is very likely · 80%'],
    [0.5, 'A space is a toss-up · 50%'],
    [0.05, 'A space is very unlikely · 5%'],
    [1, 'A space is almost certain · 99%'],
    [0, 'A space is very unlikely · 1%'],
  ])('%d is %s', (chance, text) => {
    expect(chanceText(availability({ chance }), t, format)).toBe(text)
  })
})
