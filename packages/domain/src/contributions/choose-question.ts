import type { ZoneFacts } from '#zones/zone.ts'
import type { RiderField } from './rider-field.ts'

/** What riders are asked of a zone, the most useful first. */
export const QUESTION_FIELDS = [
  'gone',
  'blocked',
  'capacity',
  'covered',
  'anchors',
  'lit',
  'surface',
  'surveillance',
  'charging',
] as const satisfies readonly RiderField[]
export type QuestionField = (typeof QUESTION_FIELDS)[number]

export type QuestionAsked = {
  readonly zone: Pick<
    ZoneFacts,
    'kind' | 'capacity' | 'covered' | 'anchors' | 'lit' | 'surface' | 'surveillance' | 'charging'
  >
  /** Fields of which somebody else has said what is not shown yet. */
  readonly unsettled: ReadonlySet<string>
  /** Fields that this rider has answered, "can't tell" included. */
  readonly answered: ReadonlySet<string>
}

/**
 * The one thing to ask a rider who stands there; null where nothing is worth a tap. First what another rider has said and
 * nobody has confirmed, asked without telling it; then what nobody knows, can be seen there, and does not follow from what
 * kind of place it is.
 */
export function chooseQuestion({ zone, unsettled, answered }: QuestionAsked): QuestionField | null {
  const open = QUESTION_FIELDS.filter((field) => !answered.has(field))
  return (
    open.find((field) => unsettled.has(field)) ??
    open.find(
      (field) => field !== 'gone' && field !== 'blocked' && zone[field] === null && !isObvious(field, zone.kind),
    ) ??
    null
  )
}

/** What is so of nearly every such place. */
const OBVIOUS: Readonly<Record<NonNullable<ZoneFacts['kind']>, readonly QuestionField[]>> = {
  garage: ['covered', 'lit', 'surface'],
  shed: ['covered'],
  bay: ['covered', 'surface', 'charging'],
  lot: [],
  rack: ['anchors'],
}

function isObvious(field: QuestionField, kind: ZoneFacts['kind']): boolean {
  return kind !== null && OBVIOUS[kind].includes(field)
}
