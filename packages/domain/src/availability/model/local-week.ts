// Hours of the local week. Intl is slow, so an offset is asked for once per zone and quarter of an hour of UTC and kept.

const QUARTER = 15
const MAX_CACHED_HOURS = 200_000

/**
 * Offsets of a time zone (IANA name) from UTC in minutes, by minutes since the epoch; east is positive. Offsets change on
 * quarters of an hour only, so one is kept for each. Throws a RangeError where the zone does not exist.
 */
export function zoneOffsets(timeZone: string): (minute: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  })
  const known = new Map<number, number>()
  return (minute) => {
    const quarter = Math.floor(minute / QUARTER)
    const kept = known.get(quarter)
    if (kept !== undefined) return kept
    const part: Record<string, number> = {}
    for (const { type, value } of format.formatToParts(quarter * QUARTER * 60_000)) part[type] = Number(value)
    const wall = Date.UTC(part['year'], part['month'] - 1, part['day'], part['hour'], part['minute']) / 60_000
    const offset = wall - quarter * QUARTER
    if (known.size >= MAX_CACHED_HOURS) known.clear()
    known.set(quarter, offset)
    return offset
  }
}

/**
 * Hours since the local Monday 00:00, in [0, 168), at a minute since the epoch where the clock is `offset` minutes ahead of
 * UTC. Public holidays are Sundays.
 */
export function hourOfWeek(minute: number, offset: number, isHoliday: boolean): number {
  const local = minute + offset
  // The epoch was a Thursday.
  const week = (((local + 3 * 1440) % 10_080) + 10_080) % 10_080
  const hour = week / 60
  return isHoliday ? 144 + (hour % 24) : hour
}

/** Days since the epoch of the local date, to look up public holidays by. */
export function localDay(minute: number, offset: number): number {
  return Math.floor((minute + offset) / 1440)
}
