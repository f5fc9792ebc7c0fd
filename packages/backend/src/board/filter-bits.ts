import { surfaceKind, VEHICLES, type Vehicle } from '@kickstand/domain'
import type { ZoneRow } from '#db/schema.ts'

// What searches look at, as bits of one number a zone: for every question a bit for each answer that it may have. A search
// is then a few masks, and the masks of many zones can be or-ed into one that says what may be found among them. Answers
// that depend on the time set all bits that they may take, and TIMED, which asks for a closer look.

/** Answers to a filter. A question is asked as the sum of those that are let in. */
export const YES = 1
export const NO = 2
export const UNKNOWN = 4
export type Answers = number

/** Questions of three answers each, after two bits for every vehicle (yes and unknown; neither is no). */
export const QUESTIONS = ['free', 'covered', 'secure', 'surface', 'charging', 'open'] as const
export type Question = (typeof QUESTIONS)[number]

const TIMED_SHIFT = 30

/** The mask of a zone's bits that have one of these answers to a question. */
export function questionMask(question: Question, answers: Answers): number {
  return answers << (2 * VEHICLES.length + 3 * QUESTIONS.indexOf(question))
}

/** The mask for zones where a vehicle may park, or where that is not known: one bit of `yes` and one of `unknown`. */
export function vehicleMask(vehicle: Vehicle, answers: Answers): number {
  const bits = ((answers & YES) !== 0 ? 1 : 0) | ((answers & UNKNOWN) !== 0 ? 2 : 0)
  return bits << (2 * VEHICLES.indexOf(vehicle))
}

/** Whether some answers of a zone depend on the time. */
export function isTimed(bits: number): boolean {
  return (bits & (1 << TIMED_SHIFT)) !== 0
}

const ANY = YES | NO | UNKNOWN

const of = (answer: boolean | null): Answers => (answer === null ? UNKNOWN : answer ? YES : NO)
const flag = (value: number | null): boolean | null => (value === null ? null : value === 1)

/** Anchors or somebody watching make a place secure; that it has neither is only known where both are said. */
function isSecure(row: ZoneRow): boolean | null {
  if (row.anchors === 1 || row.surveillance === 1) return true
  return row.anchors === 0 && row.surveillance === 0 ? false : null
}

/** The bits of a zone, whose answers for vehicles are packed already. */
export function filterBits(row: ZoneRow, vehicleBits: number): number {
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
