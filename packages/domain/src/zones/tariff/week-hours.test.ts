import { describe, expect, it } from 'vitest'
import { readWeekHours, type WeekHours } from './week-hours.ts'

const NAMES = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su']
const clock = (minutes: number): string => String(minutes / 60)

/** `Mo 8-18` for each day with hours; holidays as `Mo*`, where they differ from other days. */
function written(hours: WeekHours | null): string | null {
  if (hours === null) return null
  const days = hours.map((row) => row.map(({ from, until }) => `${clock(from)}-${clock(until)}`).join(','))
  const [ordinary, holidays] = [days.slice(0, 7), days.slice(7)]
  const parts = ordinary.flatMap((day, at) => (day === '' ? [] : [`${NAMES[at]} ${day}`]))
  const others = holidays.flatMap((day, at) => (day === ordinary[at] ? [] : [`${NAMES[at]}* ${day}`]))
  return [...parts, ...others].join('; ').trim()
}

describe('weekly hours', () => {
  it.each([
    ['Sa 09:00-13:00', 'Sa 9-13'],
    ['Sa', 'Sa 0-24'],
    ['Sa-Mo 09:00-13:00', 'Mo 9-13; Sa 9-13; Su 9-13'],
    ['Mo,We 09:00-13:00,14:00-18:00', 'Mo 9-13,14-18; We 9-13,14-18'],
    ['Mo 9:00-13:00; Tu 00:00-24:00', 'Mo 9-13; Tu 0-24'],
    ['Mo 09:00-13:00, Tu 10:00-12:00', 'Mo 9-13; Tu 10-12'],
    ['Mo 09:00-13:00, Mo 14:00-18:00', 'Mo 9-13,14-18'],
    ['Mo-Tu 09:00-13:00; Tu 10:00-12:00', 'Mo 9-13; Tu 10-12'],
    ['Mo-Tu 09:00-13:00; Tu off', 'Mo 9-13'],
    ['Mo 22:00-06:00', 'Mo 22-24; Tu 0-6'],
    ['Su 22:00-06:00', 'Mo 0-6; Su 22-24'],
    ['Mo 22:00-24:00', 'Mo 22-24'],
    [
      'Mo 09:00-13:00; PH 10:00-12:00',
      'Mo 9-13; Mo* 10-12; Tu* 10-12; We* 10-12; Th* 10-12; Fr* 10-12; Sa* 10-12; Su* 10-12',
    ],
    ['Mo 09:00-13:00; PH off', 'Mo 9-13; Mo*'],
    ['Mo,PH 09:00-13:00; PH off', 'Mo 9-13; Mo*'],
  ])('%s', (text, hours) => {
    expect(written(readWeekHours(text))).toBe(hours)
  })

  it.each(['24/7', '00:00-24:00', 'Mo-Su', 'Mo-Su,PH'])('%s is always', (text) => {
    expect(readWeekHours(text)).toEqual(Array.from({ length: 14 }, () => [{ from: 0, until: 1440 }]))
  })

  it.each([
    '',
    'off',
    'sometimes',
    'Mo-Fr 09:00',
    'Mo-Fr 09:00+',
    'Mo-Fr 09:00-09:00',
    'Mo-Fr 25:00-26:00',
    'Mo-Fr 22:00-26:00',
    'Mo-Fr sunrise-sunset',
    'SH off',
    'Mo-Fr 09:00-18:00; SH off',
    'Jul-Aug Mo-Fr 09:00-18:00',
    'PH Mo-Fr',
    'Mo-PH',
    'PH -1 day',
    'Mo[1] 09:00-12:00',
    'Mo-Fr 09:00-18:00 "by request"',
    'Mo-Fr 09:00-18:00 || Sa',
    '12:00-13:00 off',
    'mo-fr 09:00-18:00',
    'Th 11:30-14:30; 17:00-20:45',
    // The next day's rule may or may not end the night.
    'Mo-Fr 22:00-06:00; Sa off',
    'Mo-Fr,PH 22:00-06:00',
  ])('%j is not parsed', (text) => {
    expect(readWeekHours(text)).toBeNull()
  })
})
