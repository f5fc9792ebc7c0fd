import { ERROR_CODES } from '@kickstand/domain'
import Type, { type Static } from 'typebox'
import { oneOf } from './shared.ts'

/** RFC 9457 problem details. */
export const ProblemSchema = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    code: oneOf(ERROR_CODES, 'Stable; the one to program against'),
    detail: Type.String(),
    requestId: Type.Optional(Type.String()),
    params: Type.Optional(
      Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()]), {
        description:
          'Values of `detail`, for clients that show their own message: `zoneId` and `metres` with `zone-there-already`',
      }),
    ),
    errors: Type.Optional(
      Type.Array(
        Type.Object({
          pointer: Type.String({ description: 'JSON pointer (RFC 6901) into the body, or ?name for a query value' }),
          message: Type.String(),
        }),
      ),
    ),
  },
  { $id: 'Problem' },
)
export type ProblemBody = Static<typeof ProblemSchema>
