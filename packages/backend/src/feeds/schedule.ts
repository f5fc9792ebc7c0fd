import { offsetAt } from '#platform/time-zone.ts'
import type { FetchRule } from './fetch-schema.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const USUAL = { static: DAY, live: 5 * MINUTE }

/**
 * When a feed is due next after a run that began at `time` (epoch milliseconds): a while later, or at the same local time
 * each day. Once a day, or every five minutes for live figures, where the profile does not say.
 */
export function nextRun(rule: FetchRule, channel: 'static' | 'live', timeZone: string, time: number): number {
  if (rule.daily !== undefined) return nextDaily(rule.daily, timeZone, time)
  const [, figure, unit] = /^(\d+) (minute|hour)/.exec(rule.every ?? '') ?? []
  if (figure === undefined) return time + USUAL[channel]
  return time + Number(figure) * (unit === 'hour' ? 60 : 1) * MINUTE
}

function nextDaily(daily: string, timeZone: string, time: number): number {
  const [hours, minutes] = daily.split(':').map(Number)
  const ofDay = (hours * 60 + minutes) * MINUTE
  const midnight = Math.floor((time + offsetAt(timeZone, time)) / DAY) * DAY
  for (let day = 0; ; day += 1) {
    const wall = midnight + day * DAY + ofDay
    // The offset there and then: clocks may be changed in between. An hour that is left out is taken an hour later.
    const guess = wall - offsetAt(timeZone, wall - offsetAt(timeZone, time))
    if (guess > time) return guess
  }
}
