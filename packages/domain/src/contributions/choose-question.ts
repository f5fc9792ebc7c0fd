import { ASKED_FACTS, type AskedFact } from '#zones/fields/field-lists.ts'
import type { ZoneFacts } from '#zones/zone.ts'

/** Fields that riders are asked about, the most useful first. */
export const QUESTION_FIELDS = ['gone', 'blocked', ...ASKED_FACTS] as const
export type QuestionField = (typeof QUESTION_FIELDS)[number]

export type QuestionAsked = {
  readonly zone: Pick<ZoneFacts, 'kind' | AskedFact>
  /** Fields with a pending contribution of another rider. */
  readonly unconfirmed: ReadonlySet<string>
  /** Fields that this rider has answered, "can't tell" included. */
  readonly answered: ReadonlySet<string>
}

/**
 * The one question for a rider at the zone; null for none. First a field with an unconfirmed contribution of another rider, whose
 * value is not shown. Then a field that is unknown, visible on the spot, and not implied by the kind of zone.
 */
export function chooseQuestion({ zone, unconfirmed, answered }: QuestionAsked): QuestionField | null {
  const open = QUESTION_FIELDS.filter((field) => !answered.has(field))
  return (
    open.find((field) => unconfirmed.has(field)) ??
    open.find(
      (field) => field !== 'gone' && field !== 'blocked' && zone[field] === null && !isImpliedByKind(field, zone.kind),
    ) ??
    null
  )
}

/** Fields that have the same value in nearly every zone of a kind. */
const IMPLIED_BY_KIND: Readonly<Record<NonNullable<ZoneFacts['kind']>, readonly QuestionField[]>> = {
  garage: ['covered', 'lit', 'surface'],
  shed: ['covered'],
  bay: ['covered', 'surface', 'charging'],
  lot: [],
  rack: ['anchors'],
}

function isImpliedByKind(field: QuestionField, kind: ZoneFacts['kind']): boolean {
  return kind !== null && IMPLIED_BY_KIND[kind].includes(field)
}
