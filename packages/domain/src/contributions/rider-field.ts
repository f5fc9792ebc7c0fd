import { DomainError } from '#errors.ts'
import { distance } from '#geo/great-circle.ts'
import { readText } from '#zones/read-values.ts'
import { ZONE_KINDS } from '#zones/zone.ts'

/** Contributions that riders may state: what can be seen on the spot and does no harm where it is wrong. */
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

/** Law and price: named so that who tries hears why not (invariant 3). */
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

/** What riders may say of a ground, in OSM's words. */
export const RIDER_SURFACES = ['asphalt', 'concrete', 'paving_stones', 'sett', 'gravel', 'grass', 'ground'] as const

export type Spot = { readonly lat: number; readonly lng: number }
export type RiderValue = string | number | boolean | Spot

/** Metres that riders may move a zone: farther away it is another place. */
const FARTHEST_MOVE = 75
/** Metres within which two riders mean the same spot: about as well as a phone knows where it is. */
const SAME_SPOT = 20
const LONGEST_NAME = 100
const MOST_SPACES = 2000

/**
 * What a rider says of a field, made even: so that the same said in other letters is the same. `at`: where the zone is now.
 * Throws `not-for-riders` for law and price, `invalid-request` for a value that cannot be.
 */
export function checkRiderValue(field: RiderField | LawField, value: unknown, at: Spot): RiderValue {
  switch (field) {
    case 'name':
      return checkName(value)
    case 'capacity':
      if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= MOST_SPACES) return value
      throw wrong(`must be a whole number of motorcycle spaces from 1 to ${MOST_SPACES}`)
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
        `Riders do not change who may park, what it costs or for how long (${field}): that comes from those who run the place. Write it in "note" with another contribution, and a moderator reads it.`,
        [{ pointer: '/field', message: `must be one of ${RIDER_FIELDS.join(', ')}` }],
      )
  }
}

/** Whether two riders said the same. */
export function isSameValue(a: RiderValue, b: RiderValue): boolean {
  if (typeof a === 'object') return typeof b === 'object' && distance(a.lat, a.lng, b.lat, b.lng) <= SAME_SPOT
  if (typeof a === 'string' && typeof b === 'string') return a.toLowerCase() === b.toLowerCase()
  return a === b
}

/** Whether a value shows anything: that a zone is not gone, or not blocked, only speaks against those who say that it is. */
export function isFact(field: string, value: RiderValue): boolean {
  return value !== false || (field !== 'gone' && field !== 'blocked')
}

function checkName(value: unknown): string {
  const name = readText(value)
  if (typeof value === 'string' && name !== null && Array.from(name).length <= LONGEST_NAME) return name
  throw wrong(`must be a name of 1 to ${LONGEST_NAME} characters`)
}

function oneOf<const T extends string>(words: readonly T[], value: unknown): T {
  const word = words.find((one) => one === value)
  if (word === undefined) throw wrong(`must be one of ${words.join(', ')}`)
  return word
}

function checkSpot(value: unknown, at: Spot): Spot {
  const spot = typeof value === 'object' && value !== null ? value : {}
  const [lat, lng]: unknown[] = [Reflect.get(spot, 'lat'), Reflect.get(spot, 'lng')]
  if (typeof lat !== 'number' || typeof lng !== 'number' || !(Math.abs(lat) <= 90) || !(Math.abs(lng) <= 180)) {
    throw wrong('must be { lat, lng } in degrees')
  }
  const metres = Math.round(distance(at.lat, at.lng, lat, lng))
  if (metres > FARTHEST_MOVE) {
    throw wrong(
      `lies ${metres} m from the zone; up to ${FARTHEST_MOVE} m it can be moved, beyond that say that it is gone and add the other place`,
    )
  }
  return { lat: round(lat), lng: round(lng) }
}

/** To about 10 cm: more is noise. */
function round(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6
}

function wrong(message: string): DomainError {
  return new DomainError('invalid-request', `The value ${message}.`, [{ pointer: '/value', message }])
}
