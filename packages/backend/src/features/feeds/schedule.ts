import { offsetAt } from '#platform/time-zone.ts'
import type { FetchRule } from './fetch-schema.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const DEFAULT_INTERVAL_MS = { static: DAY, live: 5 * MINUTE }

/**
 * The next run of a feed after one that started at `time` (epoch milliseconds): after its interval, or at the same
 * local time each day. The default is once a day, and every five minutes for live figures.
 */
export function nextRun(rule: FetchRule, channel: 'static' | 'live', timeZone: string, time: number): number {
  if (rule.daily !== undefined) return nextDaily(rule.daily, timeZone, time)
  const [, figure, unit] = /^(\d+) (minute|hour)/.exec(rule.every ?? '') ?? []
  if (figure === undefined) return time + DEFAULT_INTERVAL_MS[channel]
  return time + Number(figure) * (unit === 'hour' ? 60 : 1) * MINUTE
}

function nextDaily(daily: string, timeZone: string, time: number): number {
  const [hours, minutes] = daily.split(':').map(Number)
  const ofDay = (hours * 60 + minutes) * MINUTE
  const midnight = Math.floor((time + offsetAt(timeZone, time)) / DAY) * DAY
  for (let day = 0; ; day += 1) {
    const wall = midnight + day * DAY + ofDay
    // Uses the offset at that time, since clocks may change in between. A skipped hour is taken an hour later.
    const guess = wall - offsetAt(timeZone, wall - offsetAt(timeZone, time))
    if (guess > time) return guess
  }
}
