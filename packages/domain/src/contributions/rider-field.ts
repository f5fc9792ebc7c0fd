import { DomainError } from '#errors.ts'
import { distance } from '#geo/great-circle.ts'
import type { ZoneField } from '#zones/fields/field.ts'
import { fieldOf, isContributedFact, OPERATOR_FACTS, CONTRIBUTED_FACTS } from '#zones/fields/field-lists.ts'
import { readText } from '#zones/read-values.ts'

/** Statements of riders that are not facts of the table: the position, that the zone is gone, that it is blocked for now. */
const OTHER_RIDER_FIELDS = ['place', 'gone', 'blocked'] as const

/** Fields that riders may contribute to: visible on the spot, and harmless where they are wrong. */
export const RIDER_FIELDS = [...CONTRIBUTED_FACTS, ...OTHER_RIDER_FIELDS] as const
export type RiderField = (typeof RIDER_FIELDS)[number]

/** Law and price, which riders may not change (invariant 3). Listed so that an attempt gets an explanation. */
export const LAW_FIELDS = [...OPERATOR_FACTS, 'vehicles', 'permits'] as const
export type LawField = (typeof LAW_FIELDS)[number]

export type Spot = { readonly lat: number; readonly lng: number }
export type RiderValue = string | number | boolean | Spot

/** Riders may move a zone by up to this distance. Farther away it is another place. */
const MAX_MOVE_BY_RIDER_METRES = 75
/** Two positions within this distance count as the same: about the accuracy of a phone. */
const SAME_SPOT_METRES = 20

/**
 * Checks and normalizes the value of a contribution. `at`: the present position of the zone. Throws `not-for-riders` for law and
 * price, `invalid-request` for an invalid value.
 */
export function checkRiderValue(field: RiderField | LawField, value: unknown, at: Spot): RiderValue {
  if (isContributedFact(field)) return checkFact(fieldOf(field), value)
  if (field === 'place') return checkSpot(value, at)
  if (field === 'gone' || field === 'blocked') return checkFlag(value)
  throw new DomainError(
    'not-for-riders',
    `Riders cannot change who may park, the price or the maximum stay (${field}). These come from the operator of the place. Add a "note" to another contribution; a moderator reads it.`,
    [{ pointer: '/field', message: `must be one of ${RIDER_FIELDS.join(', ')}` }],
  )
}

function checkFact(field: ZoneField, value: unknown): RiderValue {
  const limits = field.riders ?? { isAsked: false }
  if (limits.values !== undefined) return checkWord(limits.values, value)
  switch (field.type) {
    case 'flag':
      return checkFlag(value)
    case 'choice':
      return checkWord(field.values, value)
    case 'count':
    case 'seconds':
      return checkWhole(value, limits.maximum ?? field.maximum, field.unit)
    case 'text':
    case 'word':
      return checkText(value, limits.maxLength ?? field.maxLength)
    case 'tariff':
      throw new TypeError('riders cannot assert a tariff')
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

function checkFlag(value: unknown): boolean {
  if (typeof value === 'boolean') return value
  throw wrong('must be true or false')
}

function checkWhole(value: unknown, maximum: number, unit: 'spaces' | 'seconds'): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= maximum) return value
  throw wrong(`must be a whole number of ${unit === 'spaces' ? 'motorcycle spaces' : unit} from 1 to ${maximum}`)
}

function checkText(value: unknown, maxLength: number): string {
  const text = readText(value)
  if (typeof value === 'string' && text !== null && Array.from(text).length <= maxLength) return text
  throw wrong(`must be a text of 1 to ${maxLength} characters`)
}

function checkWord(allowed: readonly string[], value: unknown): string {
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
