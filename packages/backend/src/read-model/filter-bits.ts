import { surfaceKind, VEHICLES, type Vehicle } from '@kickstand/domain'
import type { Row } from '#db/schema.ts'

// The fields that searches filter by, as bits of one number per zone: for every question, a bit for each possible
// answer. A search is then a few masks, and the bits of many zones can be or-ed to tell which answers occur among them.
// Time-dependent answers set the bits of all possible values, and TIMED, which requires an exact check.

/** Answers to a filter. A query accepts the sum of some of them. */
export const YES = 1
export const NO = 2
export const UNKNOWN = 4
export type Answers = number

/** Questions of three answers each, after two bits for every vehicle (yes and unknown; neither is no). */
export const QUESTIONS = ['free', 'covered', 'secure', 'surface', 'charging', 'open'] as const
export type Question = (typeof QUESTIONS)[number]

const TIMED_SHIFT = 30

/** The mask of zones with one of these answers to a question. */
export function questionMask(question: Question, answers: Answers): number {
  return answers << (2 * VEHICLES.length + 3 * QUESTIONS.indexOf(question))
}

/** The mask of zones where a vehicle may park (`YES`), or where that is not known (`UNKNOWN`). */
export function vehicleMask(vehicle: Vehicle, answers: Answers): number {
  const bits = ((answers & YES) !== 0 ? 1 : 0) | ((answers & UNKNOWN) !== 0 ? 2 : 0)
  return bits << (2 * VEHICLES.indexOf(vehicle))
}

/** Whether some answers depend on the time. */
export function isTimed(bits: number): boolean {
  return (bits & (1 << TIMED_SHIFT)) !== 0
}

const ANY = YES | NO | UNKNOWN

const of = (answer: boolean | null): Answers => (answer === null ? UNKNOWN : answer ? YES : NO)
const flag = (value: number | null): boolean | null => (value === null ? null : value === 1)

/** Anchors or surveillance make a place secure. It is known not to be secure only if both are known to be absent. */
function isSecure(row: Row<'zones'>): boolean | null {
  if (row.anchors === 1 || row.surveillance === 1) return true
  return row.anchors === 0 && row.surveillance === 0 ? false : null
}

/** The bits of a zone; `vehicleBits` come from `vehicleMask`. */
export function filterBits(row: Row<'zones'>, vehicleBits: number): number {
  const surface = surfaceKind(row.surface)
  const hours = row.opening_hours?.trim() ?? ''
  const timedFee = row.fee_conditional !== null
  const timedHours = hours !== '' && hours !== '24/7'
  return (
    vehicleBits |
    questionMask('free', timedFee ? ANY : of(row.fee === null ? null : row.fee === 'free')) |
    questionMask('covered', of(flag(row.covered))) |
    questionMask('secure', of(isSecure(row))) |
    questionMask('surface', of(surface === null ? null : surface === 'hard')) |
    questionMask('charging', of(flag(row.charging))) |
    questionMask('open', timedHours ? ANY : of(hours === '' ? null : true)) |
    (timedFee || timedHours ? 1 << TIMED_SHIFT : 0)
  )
}
