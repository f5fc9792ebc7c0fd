import { ERROR_CODES } from '@kickstand/domain'
import Type, { type Static } from 'typebox'
import { oneOf } from './shared.ts'

/** RFC 9457 problem details. */
export const ProblemSchema = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    code: oneOf(ERROR_CODES, 'Stable error code; program against this one'),
    detail: Type.String(),
    requestId: Type.Optional(Type.String()),
    params: Type.Optional(
      Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()]), {
        description:
          'Values in `detail`, for clients that show their own message: `zoneId` and `metres` of `zone-already-exists`',
      }),
    ),
    errors: Type.Optional(
      Type.Array(
        Type.Object({
          pointer: Type.String({
            description: 'JSON pointer (RFC 6901) into the body, or `?name` for a query parameter',
          }),
          message: Type.String(),
        }),
      ),
    ),
  },
  { $id: 'Problem' },
)
export type ProblemBody = Static<typeof ProblemSchema>
