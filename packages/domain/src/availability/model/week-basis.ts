// The shape of a week as a sum of a few curves, so that every report informs all hours and few numbers have to be learned:
// level and four harmonics of the day, fewer harmonics for the difference at weekends, fewer still for Sundays and Fridays, and
// the level of Monday. Tabulated for every five minutes of the week.

const DAY_HARMONICS = 4
const WEEKEND_HARMONICS = 3
const SUNDAY_HARMONICS = 2
const FRIDAY_HARMONICS = 1
/** Index of the first number of each part of a profile; harmonics are pairs of cosine and sine. */
export const PART = {
  level: 0,
  weekend: 1 + 2 * DAY_HARMONICS,
  sunday: 2 + 2 * DAY_HARMONICS + 2 * WEEKEND_HARMONICS,
  monday: 3 + 2 * DAY_HARMONICS + 2 * WEEKEND_HARMONICS + 2 * SUNDAY_HARMONICS,
  friday: 4 + 2 * DAY_HARMONICS + 2 * WEEKEND_HARMONICS + 2 * SUNDAY_HARMONICS,
} as const
/** Numbers of a profile. */
export const PROFILE_SIZE: number = PART.friday + 1 + 2 * FRIDAY_HARMONICS
/** Five-minute points of a week. */
export const WEEK_POINTS = 7 * 24 * 12
/** Half the width of the transition from one day to the next around midnight. */
const TRANSITION_HOURS = 3

/** Row `p` has the value of each curve in the five minutes `p` of the local week, counted from Monday 00:00. */
export const WEEK_BASIS: Float64Array = tabulate()

function tabulate(): Float64Array {
  const table = new Float64Array(WEEK_POINTS * PROFILE_SIZE)
  for (let point = 0; point < WEEK_POINTS; point += 1) {
    const hour = (point + 0.5) / 12
    const base = point * PROFILE_SIZE
    fillPart(table, base, hour, DAY_HARMONICS, 1)
    const sunday = shareOfDay(hour, 6)
    fillPart(table, base + PART.weekend, hour, WEEKEND_HARMONICS, Math.min(1, shareOfDay(hour, 5) + sunday))
    fillPart(table, base + PART.sunday, hour, SUNDAY_HARMONICS, sunday)
    table[base + PART.monday] = shareOfDay(hour, 0)
    fillPart(table, base + PART.friday, hour, FRIDAY_HARMONICS, shareOfDay(hour, 4))
  }
  return table
}

/** Fills in a level and its harmonics. */
function fillPart(table: Float64Array, start: number, hour: number, count: number, factor: number): void {
  table[start] = factor
  for (let k = 1; k <= count; k += 1) {
    const angle = (2 * Math.PI * k * hour) / 24
    table[start + 2 * k - 1] = factor * Math.cos(angle)
    table[start + 2 * k] = factor * Math.sin(angle)
  }
}

/** Weight of `day` (0 is Monday) at `hour` of the week: 1 within the day, falling to 0 around its midnights. */
function shareOfDay(hour: number, day: number): number {
  const middle = 24 * day + 12
  const apart = Math.abs(((hour - middle + 84 + 168) % 168) - 84)
  return Math.min(1, Math.max(0, (12 + TRANSITION_HOURS - apart) / (2 * TRANSITION_HOURS)))
}

/** The row of `WEEK_BASIS` for an hour of the local week in [0, 168), hours since Monday 00:00. */
export function weekPoint(hourOfWeek: number): number {
  const point = Math.floor(hourOfWeek * 12) % WEEK_POINTS
  return point < 0 ? point + WEEK_POINTS : point
}
