import { describe, expect, it } from 'vitest'
import { makeFormat } from './format.ts'

describe('number formats', () => {
  const format = makeFormat('en')

  it('round a distance to a readable precision', () => {
    expect([3, 42, 184, 994, 1_240, 12_400].map(format.distance)).toEqual([
      '5 m',
      '40 m',
      '180 m',
      '990 m',
      '1.2 km',
      '12 km',
    ])
  })

  it('write a duration in its largest useful unit', () => {
    expect([20, 300, 5_000, 7_200, 200_000].map(format.duration)).toEqual([
      '1 min',
      '5 min',
      '83 min',
      '2 hr',
      '2 days',
    ])
  })

  it('never show 0 % or 100 %', () => {
    expect([0, 0.5, 1].map(format.percent)).toEqual(['1%', '50%', '99%'])
  })

  it('write a range with equal ends as one number', () => {
    expect(format.range(3, 3)).toBe('3')
    expect(format.range(0, 4)).toBe('0–4')
  })

  it('follow the language', () => {
    expect(makeFormat('de').distance(1_240)).toBe('1,2 km')
    expect(makeFormat('ar-EG').count(12)).toBe('١٢')
  })
})

describe('times of day', () => {
  const evening = Date.parse('2026-06-01T21:04:00Z')
  const morning = Date.parse('2026-06-01T06:00:00Z')
  const times = (locale: string) => {
    const { time, hour, weekdayTime } = makeFormat(locale)
    return [time(evening, 'UTC'), hour(morning, 'UTC'), weekdayTime(morning, 'UTC')].map((text) =>
      text.replaceAll(/\s/g, ' '),
    )
  }

  it.each([
    ['en', ['9:04 PM', '6 AM', 'Mon 6:00 AM']],
    ['en-GB', ['21:04', '06:00', 'Mon 06:00']],
    ['de', ['21:04', '06:00', 'Mo., 06:00']],
  ])('%s: %j', (locale, texts) => {
    expect(times(locale)).toEqual(texts)
  })

  it('are those of the place', () => {
    expect(makeFormat('en-GB').time(evening, 'Europe/Berlin')).toBe('23:04')
  })
})
