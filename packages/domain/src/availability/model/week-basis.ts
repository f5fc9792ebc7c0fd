// The shape of a week as a sum of few curves, so that every report says something about all hours and few numbers have to
// be learned: level and four harmonics of the day, the same coarser for what is different at
// weekends, coarser still on Sundays and Fridays, and the level of Monday. Tabulated for each five minutes of the week.

const DAY_HARMONICS = 4
const WEEKEND_HARMONICS = 3
const SUNDAY_HARMONICS = 2
const FRIDAY_HARMONICS = 1
/** Where the parts of a profile begin; harmonics in pairs of cosine and sine. */
export const PART = {
  level: 0,
  weekend: 1 + 2 * DAY_HARMONICS,
  sunday: 2 + 2 * DAY_HARMONICS + 2 * WEEKEND_HARMONICS,
  monday: 3 + 2 * DAY_HARMONICS + 2 * WEEKEND_HARMONICS + 2 * SUNDAY_HARMONICS,
  friday: 4 + 2 * DAY_HARMONICS + 2 * WEEKEND_HARMONICS + 2 * SUNDAY_HARMONICS,
} as const
/** Numbers that make up a profile. */
export const PROFILE_SIZE: number = PART.friday + 1 + 2 * FRIDAY_HARMONICS
/** Five-minute points of a week. */
export const WEEK_POINTS = 7 * 24 * 12
/** Half the width of the passage from one kind of day to the next around midnight, hours. */
const PASSAGE = 3

/** Row `p` (five minutes of the local week, from Monday 00:00) holds the value of each curve then. */
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

/** A level and its harmonics. */
function fillPart(table: Float64Array, start: number, hour: number, count: number, factor: number): void {
  table[start] = factor
  for (let k = 1; k <= count; k += 1) {
    const angle = (2 * Math.PI * k * hour) / 24
    table[start + 2 * k - 1] = factor * Math.cos(angle)
    table[start + 2 * k] = factor * Math.sin(angle)
  }
}

/** How far `hour` of the week belongs to `day` (0 is Monday): 1 within it, falling to 0 around its midnights. */
function shareOfDay(hour: number, day: number): number {
  const middle = 24 * day + 12
  const apart = Math.abs(((hour - middle + 84 + 168) % 168) - 84)
  return Math.min(1, Math.max(0, (12 + PASSAGE - apart) / (2 * PASSAGE)))
}

/** The row of `WEEK_BASIS` for an hour of the local week in [0, 168), hours since Monday 00:00. */
export function weekPoint(hourOfWeek: number): number {
  const point = Math.floor(hourOfWeek * 12) % WEEK_POINTS
  return point < 0 ? point + WEEK_POINTS : point
}
