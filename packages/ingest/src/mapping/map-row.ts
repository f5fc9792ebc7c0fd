import {
  areaContains,
  checkZone,
  clip,
  everyVehicle,
  factsFromOsmTags,
  FIELD_LIST,
  type LngLat,
  type Outline,
  type PlainFacts,
  type PlainField,
  pointInside,
  readNumber,
  readText,
  roundDegrees,
  type Read,
  type SourceZone,
  UNKNOWN_FACTS,
  type ZoneFacts,
} from '@kickstand/domain'
import { reproject, type ToDegrees } from '#coordinates/crs.ts'
import { geometryOfText, pointOf } from '#coordinates/written-place.ts'
import type { FeedRow, Geometry } from '#feed-row.ts'
import { geometryOf } from '#formats/geojson/geojson-geometry.ts'
import { trustOf } from '#profiles/load-profile.ts'
import type { Condition, Profile } from '#profiles/profile-schema.ts'
import { idOf, textsOf } from '#values.ts'
import { type FieldLookup, fieldLookup, pick } from './field-mapping.ts'
import { isEstimated, readFact, readPrice } from './read-fact.ts'

/** The conversions to degrees: for positions in a row's geometry, and for those in its fields. */
export type RowGrid = { readonly geometry: ToDegrees; readonly fields: ToDegrees }

/**
 * The result of mapping a row: a zone with warnings, a reason for its rejection, or null for a row that the filter
 * excludes.
 */
export type MappedRow =
  | (Mapped & { readonly zone: SourceZone; readonly warnings: readonly string[] })
  | (Mapped & { readonly zone: null; readonly reason: string; readonly ref: string | null })
  | null

type Mapped = {
  /** The row's group, where the profile has groups. */
  readonly group: string | null
  /** The position with latitude and longitude swapped. */
  readonly mirror: LngLat
}

type Place = { readonly lat: number; readonly lng: number; readonly outline: Outline | null }
type Placed = { readonly place: Place; readonly mirror: LngLat }
type Drafted = { readonly facts: Omit<ZoneFacts, 'lat' | 'lng' | 'outline'>; readonly warnings: readonly string[] }

/** Maps a row to a zone by the profile; null for a row that the filter excludes. */
export function mapRow(row: FeedRow, profile: Profile, grid: RowGrid): MappedRow {
  const lookup = fieldLookup(row.fields, profile.names ?? 'exact')
  if (!holdsAll(profile.filter ?? [], lookup)) return null
  const drafted =
    profile.mapping === 'osm' ? factsFromOsmTags(textsOf(row.fields)) : factsFromFields(row, lookup, profile)
  if (drafted === null) return null
  const { place, mirror } = placeOf(row, profile, lookup, grid)
  const facts = withoutUntrusted({ ...withDefaults(drafted.facts, profile), ...place }, profile)
  const own = refOf(row, profile, lookup)
  const outside = whyOutside(place, mirror, profile)
  const group = groupOf(profile, lookup)
  if (outside !== null) return { zone: null, reason: outside, ref: own, group, mirror }
  const checked = checkZone(own ?? placeRef(facts), facts)
  return checked.zone === null
    ? { ...checked, ref: own, group, mirror }
    : { ...checked, group, mirror, warnings: [...drafted.warnings, ...checked.warnings] }
}

/** Whether a row passes the profile's filter. */
export function holdsAll(conditions: readonly Condition[], lookup: FieldLookup): boolean {
  return conditions.every((condition) => holds(condition, lookup))
}

function groupOf({ group }: Profile, lookup: FieldLookup): string | null {
  if (group === undefined) return null
  const from = typeof group.by === 'string' ? [group.by] : group.by
  return readText(pick({ from, join: ':' }, lookup))
}

function whyOutside({ lat, lng }: Place, [mirrorLng, mirrorLat]: LngLat, { area }: Profile): string | null {
  const [west = 0, south = 0, east = 0, north = 0] = area ?? []
  const bounds = { west, south, east, north }
  if (area === undefined || !Number.isFinite(lat) || !Number.isFinite(lng)) return null
  if (areaContains(bounds, lat, lng)) return null
  const at = `its position ${roundDegrees(lat)}, ${roundDegrees(lng)} is outside of the area of this source`
  return areaContains(bounds, mirrorLat, mirrorLng) ? `${at}; latitude and longitude look swapped` : at
}

function holds(condition: Condition, lookup: FieldLookup): boolean {
  const value = lookup(condition.field)
  const text = readText(value) ?? ''
  if (condition.in !== undefined && !condition.in.some((one) => String(one) === text)) return false
  if (condition.above !== undefined && !((readNumber(value) ?? Number.NaN) > condition.above)) return false
  return condition.matches === undefined || new RegExp(condition.matches, 'iu').test(text)
}

/** The source's own reference of the object. */
export function refOf(row: FeedRow, profile: Profile, lookup: FieldLookup): string | null {
  const named = idOf(pick(profile.ref, lookup))
  if (named !== null) return named
  if (profile.mapping === 'osm') {
    const osm = idOf(lookup('@id')) ?? idOf(lookup('id'))
    if (osm !== null) return osm
  }
  return row.id
}

/** The reference of a row without one: its position and name, so that a row that does not move keeps its zone. */
function placeRef(facts: ZoneFacts): string {
  return clip(`${facts.lat.toFixed(6)},${facts.lng.toFixed(6)} ${facts.name ?? ''}`.trim(), 180)
}

function placeOf(row: FeedRow, profile: Profile, lookup: FieldLookup, grid: RowGrid): Placed {
  const y = readNumber(pick(profile.fields?.lat, lookup))
  const x = readNumber(pick(profile.fields?.lng, lookup))
  if (x !== null && y !== null) {
    // Such small numbers are degrees even in a grid of metres: some lists mix both.
    const to = Math.abs(x) <= 180 && Math.abs(y) <= 90 ? (at: LngLat): LngLat => at : grid.fields
    const [lng, lat] = to([x, y])
    return { place: { lat, lng, outline: null }, mirror: to([y, x]) }
  }
  const written = pick(profile.fields?.geometry, lookup)
  const own = typeof written === 'string' ? geometryOfText(written) : geometryOf(pointOf(written) ?? written)
  if (own !== null) return placeOfShape(reproject(own, grid.fields))
  if (row.geometry !== null) return placeOfShape(reproject(row.geometry, grid.geometry))
  return { place: { lat: Number.NaN, lng: Number.NaN, outline: null }, mirror: [Number.NaN, Number.NaN] }
}

function placeOfShape(shape: Geometry): Placed {
  const outline = shape.type === 'Point' ? null : shape
  const [lng, lat] = (shape.type === 'Point' ? shape.coordinates : pointInside(shape)) ?? [Number.NaN, Number.NaN]
  return { place: { lat, lng, outline }, mirror: [lat, lng] }
}

function factsFromFields(row: FeedRow, lookup: FieldLookup, profile: Profile): Drafted {
  const rules = profile.fields ?? {}
  const warnings: string[] = []
  const kept = <T>(read: Read<T>): T | null => {
    if (read.warning !== null) warnings.push(read.warning)
    return read.value
  }
  const values: Record<string, PlainFacts[PlainField]> = {}
  for (const field of FIELD_LIST) {
    const rule = rules[field.name]
    values[field.name] = kept(readFact(field, rule, pick(rule, lookup)))
  }
  const { outline: _none, ...unknown } = UNKNOWN_FACTS
  const stated: Drafted['facts'] = {
    ...unknown,
    ...values,
    capacityEstimated: isEstimated(rules.capacity, pick(rules.capacity, lookup)) ? true : null,
    vehicles: { ...everyVehicle('unknown'), motorcycle: 'yes', ...row.vehicles, ...profile.vehicles },
  }
  // The hours of a price may be a default.
  const facts = withDefaults(stated, profile)
  const price = kept(readPrice(pick(rules.tariff, lookup), facts))
  return { facts: { ...facts, tariff: price ?? facts.tariff }, warnings }
}

/** Fills unknown facts with the profile's defaults. */
function withDefaults(facts: Drafted['facts'], profile: Profile): Drafted['facts'] {
  const known: Readonly<Record<string, unknown>> = facts
  const missing = Object.entries(profile.defaults ?? {}).filter(([field]) => known[field] === null)
  return { ...facts, ...Object.fromEntries(missing) }
}

const OPERATORS_FACTS = FIELD_LIST.filter(({ assertedBy }) => assertedBy === 'operators').map(({ name }) => name)

/** Drops facts of law and price from an unverified source. */
function withoutUntrusted(facts: ZoneFacts, profile: Profile): ZoneFacts {
  const untrusted = OPERATORS_FACTS.filter((name) => trustOf(profile, name) === 'unverified')
  return { ...facts, ...Object.fromEntries(untrusted.map((name) => [name, null])) }
}
