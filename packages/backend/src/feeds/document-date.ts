import { readText } from '@kickstand/domain'
import { readTime, timeRules } from './feed-time.ts'
import type { Profile } from './profile-schema.ts'
import { fieldsOf, parseJson } from './values.ts'

/** Members of a JSON document's root that name its date, the most exact first. */
const NAMES = ['timestamp', 'timeStamp', 'last_updated', 'lastUpdated', 'lastUpdate', 'updated', 'generated'] as const

/** The date that a JSON document names of itself, as it is written there; null where it names none. */
export function documentDate(members: ReadonlyMap<string, string>): string | null {
  const overpass = fieldsOf(parseJson(members.get('osm3s')))['timestamp_osm_base']
  const socrata = fieldsOf(fieldsOf(parseJson(members.get('meta')))['view'])['rowsUpdatedAt']
  const others = NAMES.map((name) => parseJson(members.get(name)))
  for (const value of [overpass, socrata, ...others]) {
    const text = readText(value)
    if (text !== null) return text
  }
  return null
}

/** A file's date, else its profile's, in epoch milliseconds. Null where neither names one that can be read. */
export function readDocumentDate(madeAt: string | number | null, profile: Profile): number | null {
  if (typeof madeAt === 'number') return madeAt
  const rules = timeRules(profile)
  // Of a date without a zone the day is enough.
  const read = readTime(madeAt ?? profile.date, { ...rules, timeZone: rules.timeZone ?? 'UTC' })
  return typeof read === 'number' ? read : null
}
