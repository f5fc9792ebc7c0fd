import { FIELD_LIST } from './fields/field-lists.ts'
import type { FieldsWith, PlainFacts, PlainField } from './fields/zone-fields.ts'
import type { ZoneKind } from './fields/vocabularies.ts'
import { conditionsOf } from './osm-conditions.ts'
import { feeOfTags, feeOfWord } from './osm-fee.ts'
import { motorcycleParking } from './osm-parking.ts'
import { type OsmTags, motorcycleTag } from './osm-special.ts'
import { streetParking } from './osm-street.ts'
import { permissionOf } from './osm-vehicles.ts'
import { readCapacity, readDuration, readText, type Read } from './read-values.ts'
import { tariffFromOsm } from './tariff/osm-tariff.ts'
import type { ZoneFacts } from './zone.ts'

/** The facts of a zone that OSM tags can state: all but its position and outline. */
export type OsmFacts = Omit<ZoneFacts, 'lat' | 'lng' | 'outline'>

/**
 * The facts in an OSM object's tags; null if it is not motorcycle parking. Untagged facts are unknown: OSM's customary
 * defaults (no fee, public, open air) are not assumed. Tags with a `:motorcycle` or `motorcycle:` part apply to
 * motorcycles only and take precedence over the general ones.
 */
export function factsFromOsmTags(objectTags: OsmTags): { facts: OsmFacts; warnings: string[] } | null {
  const parking = motorcycleParking(objectTags)
  if (parking === null) return null
  const tags = streetParking(objectTags) ?? objectTags
  const warnings: string[] = []
  const kept = <T>({ value, warning }: Read<T>): T | null => {
    if (warning !== null) warnings.push(warning)
    return value
  }
  // A type error here means that a field with `osm: 'rule'` has no rule.
  const facts: OsmFacts = {
    ...factsOfKeys(tags, kept),
    ...permissionOf(tags),
    ...conditionsOf(tags),
    capacity: kept(
      readCapacity(parking === 'own' ? (tags['capacity:motorcycle'] ?? tags['capacity']) : motorcycleSpaces(tags)),
    ),
    capacityEstimated: null,
    kind: kindOf(tags),
    fee: feeOfTags(tags).fee,
    feeNote: feeNoteOf(tags),
    tariff: kept(tariffFromOsm(tags)),
    anchors: anchorsOf(tags),
    surface: surfaceOf(tags),
    surveillance: surveillanceOf(tags),
    charging: chargingOf(tags),
  }
  return { facts, warnings }
}

type KeyFact = Exclude<PlainField, FieldsWith<{ readonly osm: 'rule' }>>

/** The facts that are stated by the value of one key, and those without a tag. */
function factsOfKeys(tags: OsmTags, kept: <T>(read: Read<T>) => T | null): Pick<PlainFacts, KeyFact> {
  const values: Record<string, string | number | boolean | null> = {}
  for (const { name, type, osm } of FIELD_LIST) {
    if (osm === 'rule') continue
    const text = osm === null ? undefined : osm.ofMotorcycles === true ? motorcycleTag(tags, osm.key) : tags[osm.key]
    if (type === 'flag') values[name] = yesNo(text, osm?.unclear ?? [])
    else values[name] = type === 'seconds' ? kept(readDuration(text)) : readText(text)
  }
  // The table of fields defines the names as well as the types.
  return values as Pick<PlainFacts, KeyFact>
}

/** The value of `capacity:motorcycle`; undefined for `yes`, which does not state how many spaces there are. */
function motorcycleSpaces(tags: OsmTags): string | undefined {
  const text = tags['capacity:motorcycle']
  return text === 'yes' ? undefined : text
}

const UNKNOWN_VALUE = /^(?:unknown|fixme|todo|tbd|maybe|n\/a|\W*)$|[?;]/
const NO = /^(?:no|none|false|0)$/

/**
 * Null for placeholders (`fixme`), lists and the values in `unclear`. Any other value that is not a no counts as yes,
 * because it may name a kind (`covered=roof`, `lit=24/7`).
 */
function yesNo(value: string | undefined, unclear: readonly string[]): boolean | null {
  const word = readText(value)?.toLowerCase() ?? null
  if (word === null || UNKNOWN_VALUE.test(word) || unclear.includes(word)) return null
  return !NO.test(word)
}

/** The price, the text of `fee` if it is more than a standard value, and the conditions of the fee, joined. */
function feeNoteOf(tags: OsmTags): string | null {
  const fee = motorcycleTag(tags, 'fee') ?? ''
  const feeText = feeOfWord(fee) !== 'free' && /[\s\d]/.test(fee.trim()) ? fee : undefined
  const parts = [motorcycleTag(tags, 'charge'), feeText, motorcycleTag(tags, 'fee:conditional')].map(readText)
  const notes = parts.filter((part) => part !== null)
  return notes.length === 0 ? null : notes.join('; ')
}

function surveillanceOf(tags: OsmTags): boolean | null {
  const values = [tags['surveillance'], tags['surveillance:type'], tags['supervised']].map((tag) => yesNo(tag, []))
  return values.includes(true) ? true : values.includes(false) ? false : null
}

const KINDS: Readonly<Record<string, ZoneKind>> = {
  street_side: 'bay',
  lane: 'bay',
  on_kerb: 'bay',
  half_on_kerb: 'bay',
  shoulder: 'bay',
  layby: 'bay',
  surface: 'lot',
  rooftop: 'lot',
  'multi-storey': 'garage',
  underground: 'garage',
  garage: 'garage',
  garage_boxes: 'shed',
  shed: 'shed',
  sheds: 'shed',
  carport: 'shed',
  carports: 'shed',
  stands: 'rack',
  anchors: 'rack',
  rack: 'rack',
}

const ANCHOR_WORDS = /^(?:(?:ground_)?anchors?|stands?|racks?|rails?|bars?|wall_loops|hoops?|bollards?)$/

function kindOf(tags: OsmTags): ZoneKind | null {
  const word = readText(tags['parking'])?.toLowerCase() ?? ''
  return KINDS[word] ?? (anchorsOf(tags) === true ? 'rack' : null)
}

function anchorsOf(tags: OsmTags): boolean | null {
  const forms = [tags['motorcycle_parking'], tags['motorcycle_parking:type'], tags['parking']]
  const words = forms.flatMap((form) => (form ?? '').split(';').map((word) => word.trim()))
  if (words.some((word) => ANCHOR_WORDS.test(word))) return true
  return yesNo(tags['anchors'], [])
}

function surfaceOf(tags: OsmTags): string | null {
  const word = readText(tags['surface'])?.toLowerCase().split(';')[0]?.trim() ?? ''
  return word === '' || word === 'unknown' ? null : word
}

/** Whether vehicles can charge: by tags for sockets, for a charging capacity, or for charging in general. */
function chargingOf(tags: OsmTags): boolean | null {
  const keys = Object.keys(tags).filter((key) =>
    /^(?:capacity:charging|charging|motorcycle:charging|socket:[^:]+)$/.test(key),
  )
  if (keys.length === 0) return null
  return keys.some((key) => !/^(?:no|0|unknown)$/.test(tags[key] ?? 'no'))
}
