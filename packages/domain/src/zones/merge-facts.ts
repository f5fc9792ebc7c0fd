import { everyVehicle, VEHICLES, type Vehicle, type VehicleRules } from '../vehicles/vehicle.ts'
import { compareTexts } from './matching/match-entry.ts'
import type { SourceTrust } from './source-zone.ts'
import { UNKNOWN_FACTS, type Outline, type ZoneFacts, type ZoneStatus } from './zone.ts'

/** Facts that each stand for themselves. */
export const PLAIN_FIELDS = [
  'name',
  'capacity',
  'kind',
  'access',
  'accessConditional',
  'fee',
  'feeConditional',
  'feeNote',
  'covered',
  'lit',
  'surveillance',
  'anchors',
  'surface',
  'operator',
  'openingHours',
  'signText',
  'maxStay',
  'maxStayConditional',
  'charging',
] as const
export type PlainField = (typeof PLAIN_FIELDS)[number]

/** What a source may be trusted with: a plain fact, where the zone is, or who may park. */
export const TRUSTED_FIELDS = [...PLAIN_FIELDS, 'place', 'vehicles'] as const
export type TrustedField = (typeof TRUSTED_FIELDS)[number]

/** A fact with a history of its own: as `TrustedField`, but each vehicle by itself. */
export type FactField = PlainField | 'place' | `vehicles.${Vehicle}`

const PRICE = [
  'access',
  'accessConditional',
  'fee',
  'feeConditional',
  'feeNote',
  'maxStay',
  'maxStayConditional',
] as const satisfies readonly TrustedField[]

/** Law and price come from those who make them or copy them from the sign, never from votes or from nobody (invariant 3). */
const UNHEARD: Readonly<Record<SourceTrust, ReadonlySet<TrustedField>>> = {
  official: new Set(),
  community: new Set(),
  riders: new Set([...PRICE, 'openingHours', 'signText', 'vehicles']),
  unverified: new Set(PRICE),
}

/** A price or an exception belongs to the rule that it is of: taken from a source that states the rule as it is shown. */
const BELONGS_TO: Partial<Readonly<Record<PlainField, PlainField>>> = {
  accessConditional: 'access',
  feeConditional: 'fee',
  feeNote: 'fee',
  maxStayConditional: 'maxStay',
}

/** Everything that one source, or riders together, say of one zone. What they do not say is left out or unknown. */
export type FactEntry = {
  readonly source: string
  readonly ref: string
  readonly status: ZoneStatus
  readonly trust: SourceTrust
  /** Where this source is worth more or less than `trust`; null: it is not asked. */
  readonly fieldTrust: Partial<Readonly<Record<TrustedField, SourceTrust | null>>>
  readonly facts: Partial<ZoneFacts>
  /** Epoch milliseconds since when it has said so, and per field since when it has said something else than before. */
  readonly since: number
  readonly sinceOf: Partial<Readonly<Record<FactField, number>>>
}

export type Place = { readonly lat: number; readonly lng: number; readonly outline: Outline | null }
export type FactValue = string | number | boolean | Place

/** What one entry says of one field, and whether that is what is shown. */
export type FactClaim = {
  readonly entry: FactEntry
  readonly value: FactValue
  readonly trust: SourceTrust
  /** Epoch milliseconds. */
  readonly asOf: number
  readonly shown: boolean
  /** False where such a source is not believed in this field, whoever else is silent. */
  readonly counts: boolean
}

export type MergedFacts = {
  readonly facts: ZoneFacts
  /** Who says what, the shown claim first; fields that nobody speaks of are left out. */
  readonly claims: ReadonlyMap<FactField, readonly FactClaim[]>
}

const RANK: Readonly<Record<SourceTrust, number>> = { official: 3, community: 2, riders: 1, unverified: 0 }

/**
 * One zone from what all its sources say: per field the claim of the most trusted source, then the freshest (the last to change
 * its word), then the first by name. Unknown never beats known. Where the zone is follows what was drawn most exactly. Sources that have taken the zone off their lists
 * count only where no other speaks. Null where no entry tells a place.
 */
export function mergeFacts(entries: readonly FactEntry[]): MergedFacts | null {
  const heard = entries.length === 1 ? entries : heardOf(entries).flatMap(asWhole)
  const claims = new Map<FactField, readonly FactClaim[]>()
  const place = settle(claims, 'place', 'place', heard, placeOf, comparePlaces)
  if (place === null) return null
  const vehicles: Record<Vehicle, VehicleRules[Vehicle]> = { ...everyVehicle('unknown') }
  for (const vehicle of VEHICLES) {
    const answer = ({ facts }: FactEntry) => {
      const said = facts.vehicles?.[vehicle] ?? 'unknown'
      return said === 'unknown' ? null : said
    }
    if (isSilence(heard, answer)) continue
    const said = settle(claims, `vehicles.${vehicle}`, 'vehicles', heard, answer)
    if (said !== null) vehicles[vehicle] = said
  }
  const plain: Record<string, FactValue> = {}
  for (const field of PLAIN_FIELDS) {
    const read = ({ facts }: FactEntry) => facts[field] ?? null
    if (isSilence(heard, read)) continue
    const rule = BELONGS_TO[field]
    const speakers =
      rule === undefined || plain[rule] === undefined ? heard : heard.filter(({ facts }) => facts[rule] === plain[rule])
    const value = settle(claims, field, field, speakers, read, FIRST_BY[field])
    if (value !== null) plain[field] = value
  }
  const counted = claims.get('capacity')?.find(({ shown }) => shown)
  const capacityEstimated = counted?.entry.facts.capacityEstimated ?? null
  return { facts: { ...UNKNOWN_FACTS, ...plain, capacityEstimated, ...place, vehicles }, claims }
}

/** Of most fields nobody speaks: they are passed over before anything is put in order. */
function isSilence(entries: readonly FactEntry[], read: (entry: FactEntry) => FactValue | null): boolean {
  for (const entry of entries) if (read(entry) !== null) return false
  return true
}

/** What comes before trust: a figure that was counted is better than one worked out from a length. */
const FIRST_BY: Partial<Readonly<Record<PlainField, (a: FactClaim, b: FactClaim) => number>>> = {
  capacity: (a, b) =>
    Number(a.entry.facts.capacityEstimated === true) - Number(b.entry.facts.capacityEstimated === true),
}

/**
 * Those that are asked: sources that list the zone; one that misses it for the first time where it does not list it under another
 * reference; and those that gave it up where nobody else is left. Riders' words go with the zone.
 */
function heardOf(entries: readonly FactEntry[]): readonly FactEntry[] {
  const listed = new Set(entries.filter(({ status }) => status === 'active').map(({ source }) => source))
  const standing = entries.filter(
    ({ status, source }) => status === 'active' || (status === 'missing' && !listed.has(source)),
  )
  return standing.some((entry) => placeOf(entry) !== null) ? standing : entries
}

type Claim<T extends FactValue> = FactClaim & { readonly value: T }

/**
 * A source that lists the zone in parts: it says nothing of where the whole is while another does, and its spaces are those of
 * its parts together, where it knows of all.
 */
function asWhole(entry: FactEntry, _at: number, all: readonly FactEntry[]): FactEntry[] {
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

/** Puts a field's claims in order, notes them, and returns the value that is shown. */
function settle<T extends FactValue>(
  claims: Map<FactField, readonly FactClaim[]>,
  field: FactField,
  trusted: TrustedField,
  entries: readonly FactEntry[],
  read: (entry: FactEntry) => T | null,
  compareFirst: (a: Claim<T>, b: Claim<T>) => number = () => 0,
): T | null {
  const said: Claim<T>[] = []
  for (const entry of entries) {
    const value = read(entry)
    const trust = trusted in entry.fieldTrust ? (entry.fieldTrust[trusted] ?? null) : entry.trust
    if (value === null || trust === null) continue
    const counts = !UNHEARD[trust].has(trusted)
    const asOf = entry.sinceOf[field] ?? entry.since
    said.push({ entry, value, trust, asOf, shown: false, counts })
  }
  if (said.length === 0) return null
  // When a source was first read says nothing of how old its word is; that it changed its word does.
  const changedAt = ({ entry }: FactClaim): number => entry.sinceOf[field] ?? 0
  const [first, ...others] = said.toSorted(
    (a, b) =>
      Number(b.counts) - Number(a.counts) ||
      compareFirst(a, b) ||
      RANK[b.trust] - RANK[a.trust] ||
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

/** A drawn outline stands for a survey of the place, a point often for an address; riders only fill in. */
function comparePlaces(a: Claim<Place>, b: Claim<Place>): number {
  const isKept = ({ trust }: FactClaim): number => Number(RANK[trust] >= RANK.community)
  return isKept(b) - isKept(a) || drawnAs(b.value) - drawnAs(a.value)
}

function drawnAs({ outline }: Place): number {
  return outline === null ? 0 : outline.type === 'LineString' ? 1 : 2
}
