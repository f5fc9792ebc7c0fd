import { everyVehicle, type MayPark, type Vehicle, type VehicleRules } from '../vehicles/vehicle.ts'
import { accessOfWord } from './osm-access.ts'
import { conditionsOf, special } from './osm-conditions.ts'
import { motorcycleParking, type OsmParking, type OsmTags } from './osm-parking.ts'
import { readCapacity, readDuration, readText } from './read-values.ts'
import { type Fee, UNKNOWN_FACTS, type ZoneFacts, type ZoneKind } from './zone.ts'

/** All of a zone but its place: what OSM's tags can say. */
export type OsmFacts = Omit<ZoneFacts, 'lat' | 'lng' | 'outline'>

/**
 * The facts in an OSM object's tags, or null where it is no motorcycle parking. What is untagged stays unknown: OSM's
 * customary defaults (no fee, public, open air) are customs, not facts. Tags with a `:motorcycle` or `motorcycle:` part
 * speak of motorcycles only and win over the general ones.
 */
export function factsFromOsmTags(tags: OsmTags): { facts: OsmFacts; warnings: string[] } | null {
  const parking = motorcycleParking(tags)
  if (parking === null) return null
  const capacity = readCapacity(parking === 'own' ? (tags['capacity:motorcycle'] ?? tags['capacity']) : ownSpaces(tags))
  const maxStay = readDuration(special(tags, 'maxstay'))
  const fee = special(tags, 'fee')
  const { outline: _none, ...unknown } = UNKNOWN_FACTS
  return {
    facts: {
      ...unknown,
      name: readText(tags['name']),
      capacity: capacity.value,
      kind: kindOf(tags),
      vehicles: vehiclesOf(tags, parking),
      access: accessOfWord(readText(tags['access'])),
      ...conditionsOf(tags),
      fee: feeOf(fee, special(tags, 'charge')),
      feeNote: feeNoteOf(fee, tags),
      covered: yesNo(tags['covered'], ['partial']),
      lit: yesNo(tags['lit'], ['limited', 'disused']),
      surveillance: surveillanceOf(tags),
      anchors: anchorsOf(tags),
      surface: surfaceOf(tags),
      operator: readText(tags['operator']),
      openingHours: readText(special(tags, 'opening_hours')),
      maxStay: maxStay.value,
      charging: chargingOf(tags),
    },
    warnings: [capacity.warning, maxStay.warning].filter((warning) => warning !== null),
  }
}

/** `capacity:motorcycle=yes` says that there are spaces, not how many. */
function ownSpaces(tags: OsmTags): string | undefined {
  const text = tags['capacity:motorcycle']
  return text === 'yes' ? undefined : text
}

function yesNo(value: string | undefined, unclear: readonly string[]): boolean | null {
  const word = readText(value)?.toLowerCase() ?? null
  if (word === null || word === 'unknown' || unclear.includes(word)) return null
  return word !== 'no'
}

function feeOf(fee: string | undefined, charge: string | undefined): Fee | null {
  const word = readText(fee)?.toLowerCase() ?? null
  if (word === 'no') return 'free'
  if (word === 'unknown' || word === 'donation') return null
  if (word !== null) return 'paid'
  return charge !== undefined && /[1-9]/.test(charge) ? 'paid' : null
}

/** The price, and the hours where `fee` holds hours instead of yes. */
function feeNoteOf(fee: string | undefined, tags: OsmTags): string | null {
  const hours = /^(?:yes|no|unknown)$/i.test(fee ?? '') ? undefined : fee
  const parts = [special(tags, 'charge'), hours, special(tags, 'fee:conditional')].map(readText)
  const said = parts.filter((part) => part !== null)
  return said.length === 0 ? null : said.join('; ')
}

function surveillanceOf(tags: OsmTags): boolean | null {
  const watched = [tags['surveillance'], tags['surveillance:type'], tags['supervised']].map((tag) => yesNo(tag, []))
  return watched.includes(true) ? true : watched.includes(false) ? false : null
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

/** Sockets, a charging capacity, or a plain yes. */
function chargingOf(tags: OsmTags): boolean | null {
  const keys = Object.keys(tags).filter((key) =>
    /^(?:capacity:charging|charging|motorcycle:charging|socket:[^:]+)$/.test(key),
  )
  if (keys.length === 0) return null
  return keys.some((key) => !/^(?:no|0|unknown)$/.test(tags[key] ?? 'no'))
}

const VEHICLE_KEYS: ReadonlyArray<readonly [Vehicle, readonly string[], readonly string[]]> = [
  ['moped', ['moped', 'mofa'], ['moped', 'mofa']],
  ['scooter', ['motor_scooter', 'scooter'], ['scooter', 'motor_scooter']],
  ['sidecar', ['sidecar'], ['sidecar']],
  ['electric', ['electric_motorcycle', 'motorcycle:electric'], ['electric']],
  ['heavy', ['heavy_motorcycle', 'motorcycle:heavy'], ['heavy']],
]

const MAY = /^(?:yes|designated|permissive|official|destination|customers|permit)$/
const MAY_NOT = /^(?:no|prohibited)$/

/** A motorcycle may park unless the tags say otherwise; of other vehicles only what is tagged is known. */
function vehiclesOf(tags: OsmTags, parking: OsmParking): VehicleRules {
  const types = (tags['motorcycle:type'] ?? '').split(';').map((word) => word.trim())
  const rules: Record<Vehicle, MayPark> = { ...everyVehicle('unknown') }
  rules.motorcycle = answer(tags['motorcycle']) === 'no' && parking === 'own' ? 'no' : 'yes'
  for (const [vehicle, keys, words] of VEHICLE_KEYS) {
    const tagged = keys.map((key) => answer(tags[key])).find((said) => said !== 'unknown')
    rules[vehicle] = tagged ?? (words.some((word) => types.includes(word)) ? 'yes' : 'unknown')
  }
  return rules
}

function answer(value: string | undefined): MayPark {
  if (value === undefined) return 'unknown'
  return MAY.test(value) ? 'yes' : MAY_NOT.test(value) ? 'no' : 'unknown'
}
