import {
  COMBINED_FILTERS,
  FILTER_FACTS,
  FILTER_NAMES,
  VEHICLES,
  ZONE_FIELDS,
  ZONE_FILTERS,
  type CombinedFacts,
  type FilterName,
  type MayPark,
  type Vehicle,
  type VehicleRules,
  type ZoneFilter,
  type ZoneFilterRule,
} from '@kickstand/domain'
import type { FactColumns } from '#db/fact-columns.ts'

// The answers of zones to the filters of the domain (`zone-filters.ts`), as bits of one number per zone: for every filter
// that facts can answer, a bit for each possible answer. A search is then a few masks, and the bits of many zones can be
// or-ed to tell which answers occur among them. An answer that depends on the time sets all three bits, and is checked
// exactly.

/** Answers to a filter. A query accepts the sum of some of them. */
export const YES = 1
export const NO = 2
export const UNKNOWN = 4
export type Answers = number

const ANY = YES | NO | UNKNOWN

export const BIT_OF_ANSWER: Readonly<Record<MayPark, Answers>> = { yes: YES, no: NO, unknown: UNKNOWN }

/** The sum of some answers; 0 for a filter without an entry. */
export function sumOf(answers: readonly MayPark[] = []): Answers {
  return answers.reduce((sum, answer) => sum | BIT_OF_ANSWER[answer], 0)
}

/** Two bits for every vehicle come first: yes and unknown; neither is no. Then three for each filter by facts. */
const FIRST_BIT = 2 * VEHICLES.length
const MAX_BITS = 32

/** Filters by facts, each with the place of its first bit. */
const SHIFTS: ReadonlyMap<FilterName, number> = new Map(
  FILTER_NAMES.filter((name) => ZONE_FILTERS[name].byFacts !== undefined).map((name, i) => [name, FIRST_BIT + 3 * i]),
)
if (FIRST_BIT + 3 * SHIFTS.size > MAX_BITS) {
  throw new RangeError(`expected filters by facts to fit in ${MAX_BITS} bits; add a second column of bits to the board`)
}

function shiftOf(name: FilterName): number {
  return SHIFTS.get(name) ?? 0
}

/** Filters by one fact, which is a flag. */
const FLAGS = FILTER_FACTS.map((name) => ({ column: ZONE_FIELDS[name].column, shift: shiftOf(name) }))
const COMBINED = Object.entries(COMBINED_FILTERS).flatMap(([name, rule]) =>
  // The keys of the object are names.
  'byFacts' in rule ? { byFacts: rule.byFacts, shift: shiftOf(name as keyof typeof COMBINED_FILTERS) } : [],
)

/**
 * The bits of a zone. `ofVehicles`: the result of `vehicleBits`. Called for every zone at start, so facts are read without an
 * object of all fields.
 */
export function filterBits(row: FactColumns, ofVehicles: number): number {
  let bits = ofVehicles
  for (const { column, shift } of FLAGS) {
    const value = row[column]
    bits |= (value === null ? UNKNOWN : value === 1 ? YES : NO) << shift
  }
  const facts: CombinedFacts = {
    fee: row.fee === 'free' || row.fee === 'paid' ? row.fee : null,
    feeConditional: row.fee_conditional,
    openingHours: row.opening_hours,
    anchors: row.anchors === null ? null : row.anchors === 1,
    surveillance: row.surveillance === null ? null : row.surveillance === 1,
    surface: row.surface,
  }
  for (const { byFacts, shift } of COMBINED) {
    const answer = byFacts(facts)
    bits |= (answer === 'timed' ? ANY : BIT_OF_ANSWER[answer]) << shift
  }
  return bits
}

/** The bits of the vehicles that may park, or may be allowed to. */
export function vehicleBits(vehicles: VehicleRules): number {
  let bits = 0
  for (const vehicle of VEHICLES) bits |= vehicleMask(vehicle, BIT_OF_ANSWER[vehicles[vehicle]])
  return bits
}

/** The mask of zones where a vehicle may park (`YES`), or where that is not known (`UNKNOWN`). */
function vehicleMask(vehicle: Vehicle, answers: Answers): number {
  const bits = ((answers & YES) !== 0 ? 1 : 0) | ((answers & UNKNOWN) !== 0 ? 2 : 0)
  return bits << (2 * VEHICLES.indexOf(vehicle))
}

/**
 * Masks that the bits of every matching zone intersect. A filter without one of them is left to an exact check: `mayPark`,
 * `likelyFree`, and the answers in `timedQuestions`.
 */
export function filterMasks({ vehicle, answers }: ZoneFilter): number[] {
  const masks: number[] = []
  const mayPark = sumOf(answers.mayPark)
  if (vehicle !== null && (mayPark & NO) === 0) masks.push(vehicleMask(vehicle, mayPark === YES ? YES : YES | UNKNOWN))
  for (const [name, shift] of SHIFTS) {
    const accepted = answers[name]
    if (accepted !== undefined) masks.push(sumOf(accepted) << shift)
  }
  return masks
}

type ByRules = NonNullable<ZoneFilterRule['byRules']>

/** A filter whose answer may depend on the time: it does where a zone has all bits of `timedBits`. */
export type TimedQuestion = { readonly timedBits: number; readonly accepted: Answers; readonly byRules: ByRules }

const TIMED = FILTER_NAMES.flatMap((name) => {
  const { byRules } = ZONE_FILTERS[name]
  const shift = SHIFTS.get(name)
  return byRules === undefined ? [] : { name, byRules, timedBits: shift === undefined ? 0 : ANY << shift }
})

export function timedQuestions({ answers }: ZoneFilter): TimedQuestion[] {
  const questions: TimedQuestion[] = []
  for (const { name, byRules, timedBits } of TIMED) {
    const accepted = answers[name]
    if (accepted !== undefined) questions.push({ timedBits, accepted: sumOf(accepted), byRules })
  }
  return questions
}
