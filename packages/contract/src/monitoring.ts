import Type, { type Static } from 'typebox'
import { oneOf, orNull, Timestamp } from './shared.ts'

const FIGURE_KINDS = ['requests', 'jobs', 'page', 'gauge'] as const

export const FigureSchema = Type.Object(
  {
    at: Timestamp,
    kind: oneOf(FIGURE_KINDS),
    label: Type.String({ description: 'Class of routes, job, web vital or gauge' }),
    count: Type.Integer(),
    failures: Type.Integer({ description: 'Requests with 5xx, failed runs, page errors' }),
    rejections: Type.Integer({ description: 'Requests with 4xx' }),
    mean: orNull(Type.Number({ description: 'Milliseconds; of a gauge, its value' })),
    max: Type.Number(),
    p50: orNull(Type.Number({ description: 'Upper bound of the latency class, milliseconds; null above the last' })),
    p95: orNull(Type.Number()),
  },
  { $id: 'Figure' },
)
export type FigureBody = Static<typeof FigureSchema>

export const FiguresSchema = Type.Object({ figures: Type.Array(FigureSchema) })
export type FiguresBody = Static<typeof FiguresSchema>

export const FiguresQuerySchema = Type.Object(
  {
    from: Timestamp,
    to: Timestamp,
    stepMinutes: Type.Optional(Type.Integer({ minimum: 1, maximum: 1440, default: 1 })),
    kind: Type.Optional(oneOf(FIGURE_KINDS)),
  },
  { additionalProperties: false },
)
export type FiguresQuery = Static<typeof FiguresQuerySchema>

/** Milliseconds; `cls` in thousandths. */
const Vital = Type.Optional(Type.Number({ minimum: 0, maximum: 600_000 }))

export const PageFiguresSchema = Type.Object(
  {
    app: oneOf(['rider', 'console']),
    errors: Type.Optional(Type.Integer({ minimum: 0, maximum: 20 })),
    vitals: Type.Optional(
      Type.Object({ lcp: Vital, inp: Vital, cls: Vital, ttfb: Vital }, { additionalProperties: false }),
    ),
  },
  { additionalProperties: false },
)
export type PageFigures = Static<typeof PageFiguresSchema>
