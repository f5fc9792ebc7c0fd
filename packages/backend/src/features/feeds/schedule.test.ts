import { expect, it } from 'vitest'
import { scheduleOf } from './schedule.ts'

const at = (text: string): number => Date.parse(text)
const next = (rule: { every?: string; daily?: string }, from: string, zone = 'Europe/Madrid'): string =>
  new Date(scheduleOf({ address: 'x', ...rule }, 'live', zone)(at(from))).toISOString()

it.each([
  [{ every: '10 minutes' }, '2026-03-04T12:10:00.000Z'],
  [{ every: '1 hour' }, '2026-03-04T13:00:00.000Z'],
  [{}, '2026-03-04T12:05:00.000Z'],
])('%o: the run after noon is at %s', (rule, expected) => {
  expect(next(rule, '2026-03-04T12:00:00Z')).toBe(expected)
})

it('a daily run is at the same local time each day, over both changes of the clocks', () => {
  const daily = { daily: '04:30' }
  expect(next(daily, '2026-03-04T03:29:59Z')).toBe('2026-03-04T03:30:00.000Z')
  expect(next(daily, '2026-03-04T03:30:00Z')).toBe('2026-03-05T03:30:00.000Z')
  // 29 March: summer time begins; 25 October: it ends.
  expect(next(daily, '2026-03-28T03:30:00Z')).toBe('2026-03-29T02:30:00.000Z')
  expect(next(daily, '2026-10-24T02:30:00Z')).toBe('2026-10-25T03:30:00.000Z')
  expect(next(daily, '2026-03-04T20:00:00Z', 'Asia/Taipei')).toBe('2026-03-04T20:30:00.000Z')
})

it('a daily run in the skipped hour takes place once', () => {
  const first = next({ daily: '02:30' }, '2026-03-28T12:00:00Z')
  expect(first.startsWith('2026-03-29T0')).toBe(true)
  expect(next({ daily: '02:30' }, first)).toBe('2026-03-30T00:30:00.000Z')
})
