import type { Access, Fee, ReadingRow, Tariff, Vehicle, VehicleRules, ZoneKind } from '@kickstand/domain'
import type { Geometry } from '#feed-row.ts'
import type { Profile } from '#profiles/profile-schema.ts'
import type { FeedTime } from '#time/feed-time.ts'

/**
 * Motorcycle spaces in a record of a standard. The reference is their own, not the car park's, so that figures of the
 * whole car park do not match it. Values are as in the feed; they are parsed and checked like those of any row.
 */
export type Supply = {
  readonly ref: string | null
  /** Degrees, or metres of the coordinate system in the profile. */
  readonly lat?: unknown
  readonly lng?: unknown
  readonly geometry?: Geometry | null
  readonly name?: unknown
  readonly capacity?: unknown
  readonly kind?: ZoneKind | null | undefined
  readonly access?: Access | null
  readonly fee?: Fee | null | undefined
  readonly feeNote?: string | null
  /** A tariff, or a text in the syntax of OSM's `charge`. */
  readonly tariff?: Tariff | string | null
  readonly covered?: boolean | null
  readonly operator?: unknown
  /** OSM syntax. */
  readonly openingHours?: string | null
  readonly signText?: string | null
  /** A duration in words or ISO 8601. */
  readonly maxStay?: unknown
  readonly vehicles?: Partial<VehicleRules> | undefined
  /** Why it is unknown whether there are motorcycle spaces at all. The row is rejected, and a known zone stays. */
  readonly unreadable?: string
}

/** Context for the readings of a record. */
export type Answer = {
  readonly profile: Profile
  /** The time of the response. */
  readonly at: FeedTime
}

/**
 * A standard, or a city's own format: how its records become zones and readings. No zone or reading means that the
 * record has no motorcycle spaces.
 */
export type Standard<Row> = {
  /** The name for people, in reports. */
  readonly label: string
  /** Whether a record is of this standard, to detect the format. */
  recognises(record: Row): boolean
  /** What messages call the record. */
  where(record: Row): string | null
  zones(record: Row, profile: Profile): readonly Supply[]
  readings(record: Row, answer: Answer): readonly ReadingRow[]
}

/** Whether the profile states that the whole source is motorcycle parking. */
export function isAllMotorcycles(profile: Profile): boolean {
  return profile.supply === 'motorcycle'
}

/** The terms of DATEX II, FIWARE and APDS for motorcycles. */
const MOTORCYCLES: Readonly<Record<string, Vehicle>> = {
  moped: 'moped',
  motorcycle: 'motorcycle',
  motorcyclewithsidecar: 'sidecar',
  motorscooter: 'scooter',
}

/** The vehicles of a list of such terms; null for an empty list, or one with any other vehicle. */
export function onlyMotorcycles(words: readonly string[]): Partial<VehicleRules> | null {
  const vehicles = words.map((word) => MOTORCYCLES[word.toLowerCase()])
  if (vehicles.length === 0 || vehicles.some((vehicle) => vehicle === undefined)) return null
  const rules: { [V in Vehicle]?: 'yes' | 'unknown' } = { motorcycle: 'unknown' }
  for (const vehicle of vehicles) if (vehicle !== undefined) rules[vehicle] = 'yes'
  return rules
}
