import { zoneOffsets } from '@kickstand/domain'

const HOUR = 60

/**
 * Reads local wall-clock times of a file in order and answers minutes since the epoch. The hour that comes twice when the
 * clocks go back is told apart by the order of the lines: time in a file does not run backwards.
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
    for (const probe of [wall - 14 * HOUR, wall + 14 * HOUR]) {
      const minute = wall - offsetAt(probe)
      if (offsetAt(minute) === wall - minute && !candidates.includes(minute)) candidates.push(minute)
    }
    // In the hour that the clocks skip no offset fits: such a line is read as if they had not.
    const first = Math.min(...candidates)
    let minute = candidates.length === 0 ? wall - offsetAt(wall - 14 * HOUR) : first
    if (candidates.length > 1 && first < last - 5) minute = Math.max(...candidates)
    last = minute
    return minute
  }
}

/** Minutes that a time says itself it is ahead of UTC (`Z`, `+02:00`, `-0330`); null where it leaves that to the zone. */
function statedOffset(text: string): number | null {
  const parts = /[ T]\d\d:\d\d(?::\d\d(?:\.\d+)?)?\s*(?:(Z)|([+-])(\d\d):?(\d\d)?)$/i.exec(text.trim())
  if (parts === null) return null
  if (parts[1] !== undefined) return 0
  return (parts[2] === '-' ? -1 : 1) * (HOUR * Number(parts[3]) + Number(parts[4] ?? 0))
}

/** `2022-05-23T21:25`, `2016-10-04 07:59:42`, with or without seconds, as minutes of a clock without zone. */
function wallMinutes(text: string): number {
  const parts = /^(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d)(?::(\d\d))?/.exec(text.trim())
  if (parts === null) return Number.NaN
  const [year, month, day, hour, minute, second] = parts.slice(1).map((part) => Number(part ?? 0))
  return Date.UTC(year, month - 1, day, hour, minute, second || 0) / 60_000
}
