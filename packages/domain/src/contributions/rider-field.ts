import { DomainError } from '#errors.ts'
import { distance } from '#geo/great-circle.ts'
import { readText } from '#zones/read-values.ts'
import { ZONE_KINDS } from '#zones/zone.ts'

/** Fields that riders may contribute to: visible on the spot, and harmless where they are wrong. */
export const RIDER_FIELDS = [
  'name',
  'capacity',
  'kind',
  'covered',
  'lit',
  'surveillance',
  'anchors',
  'surface',
  'charging',
  'place',
  'gone',
  'blocked',
] as const
export type RiderField = (typeof RIDER_FIELDS)[number]

/** Law and price, which riders may not change (invariant 3). Listed so that an attempt gets an explanation. */
export const LAW_FIELDS = [
  'access',
  'vehicles',
  'permits',
  'fee',
  'feeNote',
  'openingHours',
  'maxStay',
  'signText',
  'operator',
] as const
export type LawField = (typeof LAW_FIELDS)[number]

/** Surfaces that riders may choose, in OSM's vocabulary. */
export const RIDER_SURFACES = ['asphalt', 'concrete', 'paving_stones', 'sett', 'gravel', 'grass', 'ground'] as const

export type Spot = { readonly lat: number; readonly lng: number }
export type RiderValue = string | number | boolean | Spot

/** Riders may move a zone by up to this distance. Farther away it is another place. */
const MAX_MOVE_BY_RIDER_METRES = 75
/** Two positions within this distance count as the same: about the accuracy of a phone. */
const SAME_SPOT_METRES = 20
const MAX_NAME_CHARACTERS = 100
const MAX_SPACES = 2000

/**
 * Checks and normalizes the value of a contribution. `at`: the present position of the zone. Throws `not-for-riders` for law and
 * price, `invalid-request` for an invalid value.
 */
export function checkRiderValue(field: RiderField | LawField, value: unknown, at: Spot): RiderValue {
  switch (field) {
    case 'name':
      return checkName(value)
    case 'capacity':
      if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= MAX_SPACES) return value
      throw wrong(`must be a whole number of motorcycle spaces from 1 to ${MAX_SPACES}`)
    case 'kind':
      return oneOf(ZONE_KINDS, value)
    case 'surface':
      return oneOf(RIDER_SURFACES, value)
    case 'covered':
    case 'lit':
    case 'surveillance':
    case 'anchors':
    case 'charging':
    case 'gone':
    case 'blocked':
      if (typeof value === 'boolean') return value
      throw wrong('must be true or false')
    case 'place':
      return checkSpot(value, at)
    default:
      throw new DomainError(
        'not-for-riders',
        `Riders cannot change who may park, the price or the maximum stay (${field}). These come from the operator of the place. Add a "note" to another contribution; a moderator reads it.`,
        [{ pointer: '/field', message: `must be one of ${RIDER_FIELDS.join(', ')}` }],
      )
  }
}

/** Whether two values are the same statement. */
export function isSameValue(a: RiderValue, b: RiderValue): boolean {
  if (typeof a === 'object') return typeof b === 'object' && distance(a.lat, a.lng, b.lat, b.lng) <= SAME_SPOT_METRES
  if (typeof a === 'string' && typeof b === 'string') return a.toLowerCase() === b.toLowerCase()
  return a === b
}

/** Whether a value can be shown. "Not gone" and "not blocked" cannot: they only contradict the opposite statement. */
export function isAffirmative(field: string, value: RiderValue): boolean {
  return value !== false || (field !== 'gone' && field !== 'blocked')
}

function checkName(value: unknown): string {
  const name = readText(value)
  if (typeof value === 'string' && name !== null && Array.from(name).length <= MAX_NAME_CHARACTERS) return name
  throw wrong(`must be a name of 1 to ${MAX_NAME_CHARACTERS} characters`)
}

function oneOf<const T extends string>(allowed: readonly T[], value: unknown): T {
  const match = allowed.find((one) => one === value)
  if (match === undefined) throw wrong(`must be one of ${allowed.join(', ')}`)
  return match
}

function checkSpot(value: unknown, at: Spot): Spot {
  const spot = typeof value === 'object' && value !== null ? value : {}
  const [lat, lng]: unknown[] = [Reflect.get(spot, 'lat'), Reflect.get(spot, 'lng')]
  if (typeof lat !== 'number' || typeof lng !== 'number' || !(Math.abs(lat) <= 90) || !(Math.abs(lng) <= 180)) {
    throw wrong('must be { lat, lng } in degrees')
  }
  const metres = Math.round(distance(at.lat, at.lng, lat, lng))
  if (metres > MAX_MOVE_BY_RIDER_METRES) {
    throw wrong(
      `is ${metres} m from the zone; it can be moved by up to ${MAX_MOVE_BY_RIDER_METRES} m. For a greater distance report the zone as gone and add the new place`,
    )
  }
  return { lat: round(lat), lng: round(lng) }
}

/** Rounds to about 10 cm, finer than any phone's position. */
function round(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6
}

function wrong(message: string): DomainError {
  return new DomainError('invalid-request', `The value ${message}.`, [{ pointer: '/value', message }])
}
