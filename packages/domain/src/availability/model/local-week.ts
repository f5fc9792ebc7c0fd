// Hours of the local week. Intl is slow, so offsets are cached by time zone and quarter of an hour of UTC.

const QUARTER_MINUTES = 15
const MAX_CACHED_OFFSETS = 200_000

/**
 * Offsets of a time zone (IANA name) from UTC in minutes, by minutes since the epoch; east is positive. Offsets only change at
 * quarters of an hour. Throws a RangeError where the time zone does not exist.
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
  const offsets = new Map<number, number>()
  return (minute) => {
    const quarter = Math.floor(minute / QUARTER_MINUTES)
    const cached = offsets.get(quarter)
    if (cached !== undefined) return cached
    const part: Record<string, number> = {}
    for (const { type, value } of format.formatToParts(quarter * QUARTER_MINUTES * 60_000)) part[type] = Number(value)
    const wall = Date.UTC(part['year'], part['month'] - 1, part['day'], part['hour'], part['minute']) / 60_000
    const offset = wall - quarter * QUARTER_MINUTES
    if (offsets.size >= MAX_CACHED_OFFSETS) offsets.clear()
    offsets.set(quarter, offset)
    return offset
  }
}

/**
 * Hours since the local Monday 00:00, in [0, 168), at a minute since the epoch where the clock is `offset` minutes ahead of
 * UTC. Public holidays count as Sundays.
 */
export function hourOfWeek(minute: number, offset: number, isHoliday: boolean): number {
  const local = minute + offset
  // The epoch was a Thursday.
  const week = (((local + 3 * 1440) % 10_080) + 10_080) % 10_080
  const hour = week / 60
  return isHoliday ? 144 + (hour % 24) : hour
}

/** Local date in days since the epoch, the key for public holidays. */
export function localDay(minute: number, offset: number): number {
  return Math.floor((minute + offset) / 1440)
}
