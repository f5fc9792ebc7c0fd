import type { Permit } from '../vehicles/permit.ts'
import type { MayPark, Vehicle } from '../vehicles/vehicle.ts'
import type { Clause, Condition } from './conditional.ts'
import { accessOfWord } from './osm-access.ts'
import { feeOfWord } from './osm-fee.ts'
import { lasting, type Lasting } from './lasting.ts'
import { readDuration } from './read-values.ts'
import type { Access } from './fields/vocabularies.ts'
import type { Conditional, ZoneRules } from './zone-rules.ts'

/** Reasons why a rider may park, may not park, or has to read the sign. */
export const RULE_REASONS = [
  'vehicle-yes',
  'vehicle-no',
  'vehicle-unknown',
  'access-unknown',
  'customers-only',
  'permit-only',
  'private',
  'not-at-this-time',
  'condition-unread',
  'closed',
  'hours-unread',
  'reserved',
  'sign-unread',
] as const
export type RuleReason = (typeof RULE_REASONS)[number]

export const FEE_STATES = ['free', 'paid', 'unknown'] as const
export type FeeState = (typeof FEE_STATES)[number]
export const HOURS_STATES = ['open', 'closed', 'unknown'] as const
export type HoursState = (typeof HOURS_STATES)[number]

/** Evaluates a text in opening_hours syntax at a time; `until`: when the result may change (epoch ms), or null. */
export type HoursAt = (hours: string, at: number) => { readonly state: HoursState; readonly until: number | null }

/** The rules of a place at a time. `until` is when the value changes; null where no change is known. */
export type ParkingRules = {
  readonly mayPark: MayPark
  readonly reasons: ReadonlyArray<{ readonly code: RuleReason; readonly until: number | null }>
  readonly fee: { readonly state: FeeState; readonly until: number | null }
  readonly hours: { readonly state: HoursState; readonly until: number | null }
  /** Seconds; null where no limit is known. */
  readonly maxStay: number | null
  /** When any of this changes, epoch milliseconds; null where no change is known. */
  readonly validUntil: number | null
}

type Query = { readonly permits: readonly Permit[]; readonly when: HoursAt }
type Timed<T> = { readonly value: T; readonly next: number | null }

const earliest = (times: readonly (number | null)[]): number | null => {
  const known = times.filter((time) => time !== null)
  return known.length === 0 ? null : Math.min(...known)
}

/**
 * Whether a vehicle may park at a place at a time (epoch milliseconds) with these permits, the fee and the maximum stay. A rule that
 * cannot be parsed makes the answer unknown, never yes. `when` evaluates hours in the place's time zone.
 */
export function mayPark(
  rules: ZoneRules,
  vehicle: Vehicle,
  permits: readonly Permit[],
  at: number,
  when: HoursAt,
): ParkingRules {
  const query = { permits, when }
  const fee = lasting((time) => feeAt(rules, query, time), at)
  const hours = lasting((time) => hoursAt(rules.openingHours, when, time), at)
  const access = lasting((time) => accessAt(rules, query, time), at)
  const reserved = lasting((time) => hoursAt(rules.reserved, when, time), at)
  const stay = lasting((time) => stayAt(rules, query, time), at)
  const reasons = reasonsFor(rules, vehicle, permits, { access, hours, reserved })
  return {
    mayPark: answerOf(reasons.map(({ code }) => code)),
    reasons,
    fee: { state: fee.value, until: fee.until },
    hours: { state: hours.value, until: hours.until },
    maxStay: stay.value,
    validUntil: earliest([fee.until, hours.until, access.until, reserved.until, stay.until]),
  }
}

const REASONS_FOR_NO: ReadonlySet<RuleReason> = new Set([
  'vehicle-no',
  'customers-only',
  'permit-only',
  'private',
  'not-at-this-time',
  'closed',
])
const REASONS_FOR_UNKNOWN: ReadonlySet<RuleReason> = new Set([
  'vehicle-unknown',
  'condition-unread',
  'hours-unread',
  'sign-unread',
])

function answerOf(codes: readonly RuleReason[]): MayPark {
  if (codes.some((code) => REASONS_FOR_NO.has(code))) return 'no'
  return codes.some((code) => REASONS_FOR_UNKNOWN.has(code)) ? 'unknown' : 'yes'
}

function reasonsFor(
  rules: ZoneRules,
  vehicle: Vehicle,
  permits: readonly Permit[],
  {
    access,
    hours,
    reserved,
  }: { access: Lasting<AccessNow>; hours: Lasting<HoursState>; reserved: Lasting<HoursState> },
): ParkingRules['reasons'] {
  const reasons: { code: RuleReason; until: number | null }[] = []
  const add = (code: RuleReason, until: number | null = null): number => reasons.push({ code, until })
  add(`vehicle-${rules.vehicles[vehicle]}`)
  if (access.value === 'unread') add('condition-unread')
  else if (access.value === 'forbidden') add('not-at-this-time', access.until)
  else if (access.value === null) add('access-unknown')
  else if (access.value === 'private') add('private', access.until)
  else if (access.value === 'customers' && !permits.includes('customer')) add('customers-only', access.until)
  else if (access.value === 'permit' && !permits.includes('permit')) add('permit-only', access.until)
  if (hours.value === 'closed') add('closed', hours.until)
  else if (hours.value === 'unknown' && rules.openingHours !== null) add('hours-unread')
  if (reserved.value === 'open') add('reserved', reserved.until)
  if (rules.signUnread) add('sign-unread')
  return reasons
}

function hoursAt(hours: string | null, when: HoursAt, at: number): Timed<HoursState> {
  if (hours === null) return { value: 'unknown', next: null }
  const { state, until } = when(hours, at)
  return { value: state, next: until }
}

/** `forbidden`: nobody may park at this time. `unread`: it depends on a text that cannot be parsed. */
type AccessNow = Access | 'forbidden' | 'unread' | null

function accessAt({ access, accessWhen }: ZoneRules, query: Query, at: number): Timed<AccessNow> {
  return evaluateConditional<AccessNow>(accessWhen, access, 'unread', query, at, (value) =>
    value === 'no' ? 'forbidden' : (accessOfWord(value) ?? 'unread'),
  )
}

function feeAt({ fee, feeWhen }: ZoneRules, query: Query, at: number): Timed<FeeState> {
  return evaluateConditional<FeeState>(
    feeWhen,
    fee ?? 'unknown',
    'unknown',
    query,
    at,
    (value) => feeOfWord(value) ?? 'unknown',
  )
}

function stayAt({ maxStay, maxStayWhen }: ZoneRules, query: Query, at: number): Timed<number | null> {
  return evaluateConditional(maxStayWhen, maxStay, maxStay, query, at, (value) => readDuration(value).value)
}

/** The value of the last clause that holds; `unsure` where a clause may or may not hold and has another value. */
function evaluateConditional<T>(
  when: Conditional,
  unconditional: T,
  unsure: T,
  query: Query,
  at: number,
  meaning: (value: string) => T,
): Timed<T> {
  if (when === 'unread') return { value: unsure, next: null }
  let value = unconditional
  const nexts: (number | null)[] = []
  for (const clause of when) {
    const { value: holds, next } = clauseAt(clause, query, at)
    nexts.push(next)
    const stated = meaning(clause.value)
    if (holds === 'yes') value = stated
    else if (holds === 'unknown' && value !== stated) value = unsure
  }
  return { value, next: earliest(nexts) }
}

function clauseAt({ conditions }: Clause, query: Query, at: number): Timed<MayPark> {
  const evaluated = conditions.map((condition) => conditionAt(condition, query, at))
  const answers = evaluated.map(({ value }) => value)
  const value = answers.includes('no') ? 'no' : answers.includes('unknown') ? 'unknown' : 'yes'
  return { value, next: earliest(evaluated.map(({ next }) => next)) }
}

const CUSTOMERS = /^(?:customers?|guests?|visitors?)$/

/** A clause about the length of stay does not hold: it has no effect before the rider has parked. */
function conditionAt(condition: Condition, { permits, when }: Query, at: number): Timed<MayPark> {
  if (condition.on === 'hours') {
    const { state, until } = when(condition.hours, at)
    return { value: state === 'open' ? 'yes' : state === 'closed' ? 'no' : 'unknown', next: until }
  }
  if (condition.on === 'stay') return { value: 'no', next: null }
  const { who } = condition
  const is = who === 'destination' || permits.includes(CUSTOMERS.test(who) ? 'customer' : 'permit')
  return { value: is ? 'yes' : 'no', next: null }
}
