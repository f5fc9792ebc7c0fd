import { zoneOffsets } from '@kickstand/domain'

const HOUR_MINUTES = 60

/**
 * Parses the local wall-clock times of a file in order, to minutes since the epoch. The hour that occurs twice when clocks are set
 * back is resolved by the order of the lines: time in a file does not decrease.
 */
export function localTimeReader(timeZone: string): (text: string) => number {
  const offsetAt = zoneOffsets(timeZone)
  let last = Number.NEGATIVE_INFINITY
  return (text) => {
    const wall = wallMinutes(text)
    if (Number.isNaN(wall)) return Number.NaN
    const stated = statedOffset(text)
    if (stated !== null) return wall - stated
    const candidates: number[] = []
    for (const probe of [wall - 14 * HOUR_MINUTES, wall + 14 * HOUR_MINUTES]) {
      const minute = wall - offsetAt(probe)
      if (offsetAt(minute) === wall - minute && !candidates.includes(minute)) candidates.push(minute)
    }
    // No offset fits in the hour that is skipped when clocks are set forward. It is parsed with the offset before.
    const first = Math.min(...candidates)
    let minute = candidates.length === 0 ? wall - offsetAt(wall - 14 * HOUR_MINUTES) : first
    if (candidates.length > 1 && first < last - 5) minute = Math.max(...candidates)
    last = minute
    return minute
  }
}

/** The UTC offset in a time (`Z`, `+02:00`, `-0330`) in minutes; null for none. */
function statedOffset(text: string): number | null {
  const parts = /[ T]\d\d:\d\d(?::\d\d(?:\.\d+)?)?\s*(?:(Z)|([+-])(\d\d):?(\d\d)?)$/i.exec(text.trim())
  if (parts === null) return null
  if (parts[1] !== undefined) return 0
  return (parts[2] === '-' ? -1 : 1) * (HOUR_MINUTES * Number(parts[3]) + Number(parts[4] ?? 0))
}

/** Parses `2022-05-23T21:25` or `2016-10-04 07:59:42`, without the time zone, to minutes of wall-clock time. */
function wallMinutes(text: string): number {
  const parts = /^(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d)(?::(\d\d))?/.exec(text.trim())
  if (parts === null) return Number.NaN
  const [year, month, day, hour, minute, second] = parts.slice(1).map((part) => Number(part ?? 0))
  return Date.UTC(year, month - 1, day, hour, minute, second || 0) / 60_000
}
