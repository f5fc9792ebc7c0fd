import type { FetchRule } from '@kickstand/ingest'
import type { Schedule } from '#jobs/job.ts'
import { dailyAt, every } from '#jobs/schedules.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const DEFAULT_INTERVAL_MS = { static: DAY, live: 5 * MINUTE }

/**
 * When a channel of a feed is fetched: at its interval, or at the same local time each day. The default is once a day,
 * and every five minutes for live figures.
 */
export function scheduleOf(rule: FetchRule, channel: 'static' | 'live', timeZone: string): Schedule {
  if (rule.daily !== undefined) return dailyAt(rule.daily, timeZone)
  const [, figure, unit] = /^(\d+) (minute|hour)/.exec(rule.every ?? '') ?? []
  if (figure === undefined) return every(DEFAULT_INTERVAL_MS[channel])
  return every(Number(figure) * (unit === 'hour' ? 60 : 1) * MINUTE)
}
