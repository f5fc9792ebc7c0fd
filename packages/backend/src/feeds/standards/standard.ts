import type { Access, Fee, ReadingRow, Vehicle, VehicleRules, ZoneKind } from '@kickstand/domain'
import type { Geometry } from '../feed-row.ts'
import type { FeedTime } from '../feed-time.ts'
import type { Profile } from '../profile-schema.ts'

/**
 * One supply of motorcycle spaces as a standard tells it: its own reference, not the car park's, so that a figure of the whole
 * car park never meets it. Values stand as the feed has them; they are read and held against what can be like any row's.
 */
export type Supply = {
  readonly ref: string | null
  /** Degrees, or metres of the grid that the profile names. */
  readonly lat?: unknown
  readonly lng?: unknown
  readonly geometry?: Geometry | null
  readonly name?: unknown
  readonly capacity?: unknown
  readonly kind?: ZoneKind | null | undefined
  readonly access?: Access | null
  readonly fee?: Fee | null | undefined
  readonly feeNote?: string | null
  readonly covered?: boolean | null
  readonly operator?: unknown
  /** OSM syntax. */
  readonly openingHours?: string | null
  readonly signText?: string | null
  /** A length of time in words or ISO 8601. */
  readonly maxStay?: unknown
  readonly vehicles?: Partial<VehicleRules> | undefined
  /** Why it cannot be told whether there are motorcycle spaces at all: what was known of it stays. */
  readonly unreadable?: string
}

/** What a record's reading may need to know besides the record. */
export type Answer = {
  readonly profile: Profile
  /** When the document was made. */
  readonly at: FeedTime
}

/**
 * A standard, or a city's own format that is as good as one: how its records become zones and readings. No zone or reading at
 * all means that the record has no motorcycle spaces.
 */
export type Standard<Row> = {
  /** As a person calls it, in reports. */
  readonly label: string
  /** Whether a file's first record is one of these, so that the format need not be named. */
  recognises(record: Row): boolean
  /** What the record is called in a report. */
  where(record: Row): string | null
  zones(record: Row, profile: Profile): readonly Supply[]
  readings(record: Row, answer: Answer): readonly ReadingRow[]
}

/** Whether the profile says that all of its source is motorcycle parking, whatever the records leave unsaid. */
export function isAllMotorcycles(profile: Profile): boolean {
  return profile.supply === 'motorcycle'
}

/** The words of DATEX II, FIWARE and APDS for motorcycles. */
const MOTORCYCLES: Readonly<Record<string, Vehicle>> = {
  moped: 'moped',
  motorcycle: 'motorcycle',
  motorcyclewithsidecar: 'sidecar',
  motorscooter: 'scooter',
}

/** The vehicles of a list of such words, or null where one of them is no motorcycle or there is none. */
export function onlyMotorcycles(words: readonly string[]): Partial<VehicleRules> | null {
  const vehicles = words.map((word) => MOTORCYCLES[word.toLowerCase()])
  if (vehicles.length === 0 || vehicles.some((vehicle) => vehicle === undefined)) return null
  const rules: { [V in Vehicle]?: 'yes' | 'unknown' } = { motorcycle: 'unknown' }
  for (const vehicle of vehicles) if (vehicle !== undefined) rules[vehicle] = 'yes'
  return rules
}
