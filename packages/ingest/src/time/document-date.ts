import { readText } from '@kickstand/domain'
import type { Profile } from '#profiles/profile-schema.ts'
import { fieldsOf, parseJson } from '#values.ts'
import { readTime, timeRules } from './feed-time.ts'

/** Members of a JSON document's root that state its date, the most exact first. */
const DATE_MEMBERS = [
  'timestamp',
  'timeStamp',
  'last_updated',
  'lastUpdated',
  'lastUpdate',
  'updated',
  'generated',
] as const

/** The date stated in a JSON document, unparsed; null where there is none. */
export function documentDate(members: ReadonlyMap<string, string>): string | null {
  const overpass = fieldsOf(parseJson(members.get('osm3s')))['timestamp_osm_base']
  const socrata = fieldsOf(fieldsOf(parseJson(members.get('meta')))['view'])['rowsUpdatedAt']
  const others = DATE_MEMBERS.map((name) => parseJson(members.get(name)))
  for (const value of [overpass, socrata, ...others]) {
    const text = readText(value)
    if (text !== null) return text
  }
  return null
}

/** A file's date, else its profile's, in epoch milliseconds. Null where neither has a readable one. */
export function readDocumentDate(madeAt: string | number | null, profile: Profile): number | null {
  if (typeof madeAt === 'number') return madeAt
  const rules = timeRules(profile)
  // The exact time zone does not matter: only days are compared.
  const read = readTime(madeAt ?? profile.date, { ...rules, timeZone: rules.timeZone ?? 'UTC' })
  return typeof read === 'number' ? read : null
}
