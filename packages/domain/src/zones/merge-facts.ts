import { everyVehicle, VEHICLES, type Vehicle, type VehicleRules } from '../vehicles/vehicle.ts'
import type { AssertedBy } from './fields/field.ts'
import { fieldOf, mapFields, PLAIN_FIELDS } from './fields/field-lists.ts'
import type { PlainField } from './fields/zone-fields.ts'
import { compareTexts } from './matching/match-entry.ts'
import type { SourceTrust } from './source-zone.ts'
import type { Tariff } from './tariff/tariff.ts'
import { UNKNOWN_FACTS, type Outline, type ZoneFacts, type ZoneStatus } from './zone.ts'

/** Fields with a trust of their own: plain facts, the position, and who may park. */
export const TRUSTED_FIELDS = [...PLAIN_FIELDS, 'place', 'vehicles'] as const
export type TrustedField = (typeof TRUSTED_FIELDS)[number]

/** Fields with a history of their own: as `TrustedField`, but each vehicle separately. */
export type FactField = PlainField | 'place' | `vehicles.${Vehicle}`

/** Who may assert the facts that are not in the table of fields. */
const ASSERTED_BY: Readonly<Record<'place' | 'vehicles', AssertedBy>> = { place: 'riders', vehicles: 'sources' }

function assertedBy(field: TrustedField): AssertedBy {
  return field === 'place' || field === 'vehicles' ? ASSERTED_BY[field] : fieldOf(field).assertedBy
}

/** Fields that are ignored by trust. Law and price are never taken from riders, nor price from unverified sources (invariant 3). */
const IGNORED_FIELDS: Readonly<Record<SourceTrust, ReadonlySet<TrustedField>>> = {
  official: new Set(),
  community: new Set(),
  riders: new Set(TRUSTED_FIELDS.filter((field) => assertedBy(field) !== 'riders')),
  unverified: new Set(TRUSTED_FIELDS.filter((field) => assertedBy(field) === 'operators')),
}

/** The fact that each fact belongs to. It is taken from a source that states the shown value of that fact. */
const BELONGS_TO = mapFields(({ belongsTo }) => PLAIN_FIELDS.find((name) => name === belongsTo))

/** All facts of one source, or of all riders, about one zone. Facts that are not stated are absent or unknown. */
export type FactEntry = {
  readonly source: string
  readonly ref: string
  readonly status: ZoneStatus
  readonly trust: SourceTrust
  /** Exceptions to `trust` by field; null: the source is not used for the field. */
  readonly fieldTrust: Partial<Readonly<Record<TrustedField, SourceTrust | null>>>
  readonly facts: Partial<ZoneFacts>
  /** Epoch milliseconds: when the entry was first seen, and by field when its value last changed. */
  readonly since: number
  readonly sinceOf: Partial<Readonly<Record<FactField, number>>>
}

export type Place = { readonly lat: number; readonly lng: number; readonly outline: Outline | null }
export type FactValue = string | number | boolean | Tariff | Place

/** The value of one entry for one field, and whether it is shown. */
export type FactClaim = {
  readonly entry: FactEntry
  readonly value: FactValue
  readonly trust: SourceTrust
  /** Epoch milliseconds. */
  readonly asOf: number
  readonly shown: boolean
  /** False where sources with this trust are never shown for this field. */
  readonly counts: boolean
}

export type MergedFacts = {
  readonly facts: ZoneFacts
  /** The claims by field, the shown one first; fields without claims are absent. */
  readonly claims: ReadonlyMap<FactField, readonly FactClaim[]>
}

const TRUST_RANK: Readonly<Record<SourceTrust, number>> = { official: 3, community: 2, riders: 1, unverified: 0 }

/**
 * Merges the entries of all sources into one zone: for each field the claim of the most trusted source, then the most recently
 * changed one, then the first by source id. Unknown never beats known. The position is that of the most exact outline. Sources that
 * no longer list the zone are only used without any other. Null where no entry has a position.
 */
export function mergeFacts(entries: readonly FactEntry[]): MergedFacts | null {
  const used = entries.length === 1 ? entries : usedEntries(entries).flatMap(joinParts)
  const claims = new Map<FactField, readonly FactClaim[]>()
  const place = selectClaim(claims, 'place', 'place', used, placeOf, comparePlaces)
  if (place === null) return null
  const vehicles: Record<Vehicle, VehicleRules[Vehicle]> = { ...everyVehicle('unknown') }
  for (const vehicle of VEHICLES) {
    const answer = ({ facts }: FactEntry) => {
      const answerOfSource = facts.vehicles?.[vehicle] ?? 'unknown'
      return answerOfSource === 'unknown' ? null : answerOfSource
    }
    if (isUnknownToAll(used, answer)) continue
    const selected = selectClaim(claims, `vehicles.${vehicle}`, 'vehicles', used, answer)
    if (selected !== null) vehicles[vehicle] = selected
  }
  const plain: Record<string, FactValue> = {}
  for (const field of PLAIN_FIELDS) {
    const read = ({ facts }: FactEntry) => facts[field] ?? null
    if (isUnknownToAll(used, read)) continue
    const rule = BELONGS_TO[field]
    const candidates =
      rule === undefined || plain[rule] === undefined ? used : used.filter(({ facts }) => facts[rule] === plain[rule])
    const value = selectClaim(claims, field, field, candidates, read, COMPARE_FIRST[field])
    if (value !== null) plain[field] = value
  }
  const counted = claims.get('capacity')?.find(({ shown }) => shown)
  const capacityEstimated = counted?.entry.facts.capacityEstimated ?? null
  return { facts: { ...UNKNOWN_FACTS, ...plain, capacityEstimated, ...place, vehicles }, claims }
}

/** Most fields have no value in any entry. They are skipped early. */
function isUnknownToAll(entries: readonly FactEntry[], read: (entry: FactEntry) => FactValue | null): boolean {
  for (const entry of entries) if (read(entry) !== null) return false
  return true
}

/** Comparisons that precede trust: a counted capacity is better than one derived from a length. */
const COMPARE_FIRST: Partial<Readonly<Record<PlainField, (a: FactClaim, b: FactClaim) => number>>> = {
  capacity: (a, b) =>
    Number(a.entry.facts.capacityEstimated === true) - Number(b.entry.facts.capacityEstimated === true),
}

/**
 * The entries that are used: those of sources that list the zone; missing ones whose source does not list the zone under another
 * reference; and all entries where none of these has a position.
 */
function usedEntries(entries: readonly FactEntry[]): readonly FactEntry[] {
  const listed = new Set(entries.filter(({ status }) => status === 'active').map(({ source }) => source))
  const current = entries.filter(
    ({ status, source }) => status === 'active' || (status === 'missing' && !listed.has(source)),
  )
  return current.some((entry) => placeOf(entry) !== null) ? current : entries
}

type Claim<T extends FactValue> = FactClaim & { readonly value: T }

/**
 * For a source that lists the zone in parts: its position is only used without another source's, and its capacity is the sum of
 * its parts, where all are known.
 */
function joinParts(entry: FactEntry, _at: number, all: readonly FactEntry[]): FactEntry[] {
  const parts = all.filter(({ source, status }) => source === entry.source && status === 'active')
  if (parts.length < 2 || entry.status !== 'active') return [entry]
  const { lat, lng, outline: _ofPart, capacity: _spaces, capacityEstimated: _worked, ...facts } = entry.facts
  const known = parts.every(({ facts: { capacity } }) => typeof capacity === 'number')
  const capacity = known ? parts.reduce((sum, one) => sum + (one.facts.capacity ?? 0), 0) : null
  const hasWhole = all.some(({ source, facts: { lat: there } }) => source !== entry.source && there !== undefined)
  const place =
    hasWhole || lat === undefined || lng === undefined ? {} : { lat, lng, outline: entry.facts.outline ?? null }
  return [{ ...entry, facts: { ...facts, ...place, capacity } }]
}

/** Sorts the claims of a field, adds them to `claims`, and returns the shown value. */
function selectClaim<T extends FactValue>(
  claims: Map<FactField, readonly FactClaim[]>,
  field: FactField,
  trusted: TrustedField,
  entries: readonly FactEntry[],
  read: (entry: FactEntry) => T | null,
  compareFirst: (a: Claim<T>, b: Claim<T>) => number = () => 0,
): T | null {
  const fieldClaims: Claim<T>[] = []
  for (const entry of entries) {
    const value = read(entry)
    const trust = trusted in entry.fieldTrust ? (entry.fieldTrust[trusted] ?? null) : entry.trust
    if (value === null || trust === null) continue
    const counts = !IGNORED_FIELDS[trust].has(trusted)
    const asOf = entry.sinceOf[field] ?? entry.since
    fieldClaims.push({ entry, value, trust, asOf, shown: false, counts })
  }
  if (fieldClaims.length === 0) return null
  // The time of the first import does not tell how old a value is; the time of a change does.
  const changedAt = ({ entry }: FactClaim): number => entry.sinceOf[field] ?? 0
  const [first, ...others] = fieldClaims.toSorted(
    (a, b) =>
      Number(b.counts) - Number(a.counts) ||
      compareFirst(a, b) ||
      TRUST_RANK[b.trust] - TRUST_RANK[a.trust] ||
      changedAt(b) - changedAt(a) ||
      compareTexts(a.entry.source, b.entry.source) ||
      compareTexts(a.entry.ref, b.entry.ref),
  )
  if (first === undefined) return null
  claims.set(field, [{ ...first, shown: first.counts }, ...others])
  return first.counts ? first.value : null
}

function placeOf({ facts: { lat, lng, outline } }: FactEntry): Place | null {
  return lat === undefined || lng === undefined ? null : { lat, lng, outline: outline ?? null }
}

/** An outline is usually surveyed, a point is often an address. Riders' positions are only used without others. */
function comparePlaces(a: Claim<Place>, b: Claim<Place>): number {
  const isKept = ({ trust }: FactClaim): number => Number(TRUST_RANK[trust] >= TRUST_RANK.community)
  return isKept(b) - isKept(a) || outlinePrecision(b.value) - outlinePrecision(a.value)
}

function outlinePrecision({ outline }: Place): number {
  return outline === null ? 0 : outline.type === 'LineString' ? 1 : 2
}
