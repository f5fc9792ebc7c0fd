import type { OsmTags } from './osm-special.ts'

const DATE = /^(?:~|before |by )?(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T.*)?)?)?$/

/**
 * Why an OSM object does not exist at a time (epoch milliseconds): its `end_date` has passed, or its `start_date` or
 * `opening_date` is in the future. Null if it exists or its dates cannot be parsed. A year or a month ends with its
 * last day.
 */
export function whyNonexistent(tags: OsmTags, at: number): string | null {
  const end = periodOf(tags['end_date'])
  if (end !== null && end.to <= at) return `closed: its end_date is ${tags['end_date']}`
  for (const key of ['start_date', 'opening_date']) {
    const start = periodOf(tags[key])
    if (start !== null && start.from > at) return `not open yet: its ${key} is ${tags[key]}`
  }
  return null
}

/** The interval of a date, month or year in UTC, `to` excluded. */
function periodOf(text: string | undefined): { from: number; to: number } | null {
  const [, year, month, day] = DATE.exec(text?.trim() ?? '') ?? []
  if (year === undefined) return null
  const [y, m, d] = [Number(year), Number(month ?? 1) - 1, Number(day ?? 1)]
  if (m < 0 || m > 11 || d < 1 || d > 31) return null
  const to = day !== undefined ? Date.UTC(y, m, d + 1) : month !== undefined ? Date.UTC(y, m + 1) : Date.UTC(y + 1, 0)
  return { from: Date.UTC(y, m, d), to }
}
