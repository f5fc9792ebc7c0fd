import type { Permit } from '../vehicles/permit.ts'
import type { MayPark, Vehicle } from '../vehicles/vehicle.ts'
import type { Clause, Condition } from './conditional.ts'
import { accessOfWord } from './osm-access.ts'
import { feeOfWord } from './osm-fee.ts'
import { lasting, type Lasting } from './lasting.ts'
import { readDuration } from './read-values.ts'
import type { Access } from './zone.ts'
import type { Conditional, ZoneRules } from './zone-rules.ts'

/** Why a rider may park somewhere, or may not, or has to read the sign. */
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

/** Whether a text in opening_hours syntax holds at a time, and the next moment (epoch ms) at which it may change, if it does. */
export type HoursAt = (hours: string, at: number) => { readonly state: HoursState; readonly until: number | null }

/** What a rider is told of a place's law at a time. `until` is the first moment at which it is otherwise; null where none is known. */
export type ParkingRules = {
  readonly mayPark: MayPark
  readonly reasons: ReadonlyArray<{ readonly code: RuleReason; readonly until: number | null }>
  readonly fee: { readonly state: FeeState; readonly until: number | null }
  readonly hours: { readonly state: HoursState; readonly until: number | null }
  /** Seconds; null where no limit is known. */
  readonly maxStay: number | null
  /** The first moment at which any of this is otherwise, epoch milliseconds; null where none is in sight. */
  readonly validUntil: number | null
}

type Asked = { readonly permits: readonly Permit[]; readonly when: HoursAt }
type Told<T> = { readonly value: T; readonly next: number | null }

const earliest = (times: readonly (number | null)[]): number | null => {
  const known = times.filter((time) => time !== null)
  return known.length === 0 ? null : Math.min(...known)
}

/**
 * Whether a vehicle may park at a place at a time (epoch milliseconds) with these permits, what it costs and for how long.
 * What cannot be read makes the answer unknown, never yes. `when` reads hours in the place's own time zone.
 */
export function mayPark(
  rules: ZoneRules,
  vehicle: Vehicle,
  permits: readonly Permit[],
  at: number,
  when: HoursAt,
): ParkingRules {
  const asked = { permits, when }
  const fee = lasting((time) => feeAt(rules, asked, time), at)
  const hours = lasting((time) => hoursAt(rules.openingHours, when, time), at)
  const access = lasting((time) => accessAt(rules, asked, time), at)
  const reserved = lasting((time) => hoursAt(rules.reserved, when, time), at)
  const stay = lasting((time) => stayAt(rules, asked, time), at)
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

const NO: ReadonlySet<RuleReason> = new Set([
  'vehicle-no',
  'customers-only',
  'permit-only',
  'private',
  'not-at-this-time',
  'closed',
])
const UNSURE: ReadonlySet<RuleReason> = new Set(['vehicle-unknown', 'condition-unread', 'hours-unread', 'sign-unread'])

function answerOf(codes: readonly RuleReason[]): MayPark {
  if (codes.some((code) => NO.has(code))) return 'no'
  return codes.some((code) => UNSURE.has(code)) ? 'unknown' : 'yes'
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
  else if (access.value === 'shut') add('not-at-this-time', access.until)
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

function hoursAt(hours: string | null, when: HoursAt, at: number): Told<HoursState> {
  if (hours === null) return { value: 'unknown', next: null }
  const { state, until } = when(hours, at)
  return { value: state, next: until }
}

/** `shut`: nobody may at this time. `unread`: it depends on what only people can read. */
type AccessNow = Access | 'shut' | 'unread' | null

function accessAt({ access, accessWhen }: ZoneRules, asked: Asked, at: number): Told<AccessNow> {
  return settle<AccessNow>(accessWhen, access, 'unread', asked, at, (value) =>
    value === 'no' ? 'shut' : (accessOfWord(value) ?? 'unread'),
  )
}

function feeAt({ fee, feeWhen }: ZoneRules, asked: Asked, at: number): Told<FeeState> {
  return settle<FeeState>(feeWhen, fee ?? 'unknown', 'unknown', asked, at, (value) => feeOfWord(value) ?? 'unknown')
}

function stayAt({ maxStay, maxStayWhen }: ZoneRules, asked: Asked, at: number): Told<number | null> {
  return settle(maxStayWhen, maxStay, maxStay, asked, at, (value) => readDuration(value).value)
}

/** The last clause that holds wins; one that may hold or not makes the answer `unsure`, unless it says the same. */
function settle<T>(
  when: Conditional,
  usual: T,
  unsure: T,
  asked: Asked,
  at: number,
  meaning: (value: string) => T,
): Told<T> {
  if (when === 'unread') return { value: unsure, next: null }
  let value = usual
  const nexts: (number | null)[] = []
  for (const clause of when) {
    const { value: holds, next } = clauseAt(clause, asked, at)
    nexts.push(next)
    const said = meaning(clause.value)
    if (holds === 'yes') value = said
    else if (holds === 'unknown' && value !== said) value = unsure
  }
  return { value, next: earliest(nexts) }
}

function clauseAt({ conditions }: Clause, asked: Asked, at: number): Told<MayPark> {
  const told = conditions.map((condition) => conditionAt(condition, asked, at))
  const answers = told.map(({ value }) => value)
  const value = answers.includes('no') ? 'no' : answers.includes('unknown') ? 'unknown' : 'yes'
  return { value, next: earliest(told.map(({ next }) => next)) }
}

const CUSTOMERS = /^(?:customers?|guests?|visitors?)$/

/** Who stays how long is the rider's own choice: a clause about it changes nothing before he has parked. */
function conditionAt(condition: Condition, { permits, when }: Asked, at: number): Told<MayPark> {
  if (condition.on === 'hours') {
    const { state, until } = when(condition.hours, at)
    return { value: state === 'open' ? 'yes' : state === 'closed' ? 'no' : 'unknown', next: until }
  }
  if (condition.on === 'stay') return { value: 'no', next: null }
  const { who } = condition
  const is = who === 'destination' || permits.includes(CUSTOMERS.test(who) ? 'customer' : 'permit')
  return { value: is ? 'yes' : 'no', next: null }
}
