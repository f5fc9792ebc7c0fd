import { describe, expect, it } from 'vitest'
import { readTime } from './feed-time.ts'

const at = (iso: string): number => Date.parse(iso)

describe('readTime', () => {
  it.each([
    ['2025-02-07T19:05:34.176Z', null, '2025-02-07T19:05:34Z'],
    ['2025-05-09T21:41:58.5461534+02:00', null, '2025-05-09T19:41:58Z'],
    ['2016-06-02T09:25:55.00Z', null, '2016-06-02T09:25:55Z'],
    ['2024-06-10 10:20:00', 'Europe/Berlin', '2024-06-10T08:20:00Z'],
    ['2024-12-10 10:20', 'Europe/Berlin', '2024-12-10T09:20:00Z'],
    ['2024-06-10', 'Asia/Hong_Kong', '2024-06-09T16:00:00Z'],
    // China's standard time, which JavaScript alone would take for Chicago's.
    ['Tue Oct 06 00:02:00 CST 2026', 'Asia/Taipei', '2026-10-05T16:02:00Z'],
    ['Mon, 22 Jun 2015 12:43:50 GMT', null, '2015-06-22T12:43:50Z'],
    // The hour that autumn repeats: the earlier of the two. The one that spring leaves out: after it.
    ['2024-10-27 02:30:00', 'Europe/Madrid', '2024-10-27T00:30:00Z'],
    ['2024-03-31 02:30:00', 'Europe/Madrid', '2024-03-31T01:30:00Z'],
    [1_718_000_000, null, '2024-06-10T06:13:20Z'],
    ['1718000000000', null, '2024-06-10T06:13:20Z'],
  ])('%j in %s is %s', (text, zone, expected) => {
    expect(readTime(text, zone)).toBe(at(expected))
  })

  it.each([
    ['2024-06-10 10:20:00', null],
    ['Tue Oct 06 00:02:00 CST 2026', null],
    ['2024-13-40T00:00:00Z', 'Europe/Berlin'],
    ['yesterday', 'Europe/Berlin'],
    ['', 'Europe/Berlin'],
    [-9, 'Europe/Berlin'],
    [true, 'Europe/Berlin'],
    ['10/06/2024 10:20', 'Europe/Berlin'],
  ])('%j in %s is not known', (text, zone) => {
    expect(readTime(text, zone)).toBeNull()
  })
})
