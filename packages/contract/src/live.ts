import Type, { type Static } from 'typebox'
import { AvailabilitySchema } from './availability.ts'
import { ZoneId } from './shared.ts'

/** Tile keys at this zoom name the cells of a live stream: `13/x/y`. */
export const LIVE_CELL_ZOOM = 13
export const LIVE_MAX_CELLS = 64

/**
 * An `event: availability` of the stream: the current availability of these zones. Sent first for all zones of the
 * cells whose state is known (on a reconnect: those changed since `Last-Event-ID`), then with every change.
 */
export const LiveAvailabilitySchema = Type.Object(
  { zones: Type.Array(Type.Object({ id: ZoneId, availability: AvailabilitySchema })) },
  { $id: 'LiveAvailability' },
)
export type LiveAvailabilityBody = Static<typeof LiveAvailabilitySchema>

/** An `event: zones`: these zones were added, changed or removed. Fetch them again. */
export const LiveZonesSchema = Type.Object({ ids: Type.Array(ZoneId) }, { $id: 'LiveZones' })
export type LiveZonesBody = Static<typeof LiveZonesSchema>

/**
 * An `event: reset` (data `{}`) after a reconnect to a server that does not know what changed since `Last-Event-ID`:
 * fetch the zones of the cells again. Their availability follows.
 *
 * An `event: heartbeat` (data `{}`) is the heartbeat, every 20 seconds. Reconnect after 25 seconds without any event.
 */
export const LIVE_EVENTS = ['availability', 'zones', 'reset', 'heartbeat'] as const

export const LiveQuerySchema = Type.Object(
  {
    cells: Type.String({
      description: 'Comma-separated map tiles at zoom 13 to follow, such as `13/1310/3166,13/1310/3167`; 64 at most',
      maxLength: 2048,
    }),
  },
  { additionalProperties: false },
)
export type LiveQuery = Static<typeof LiveQuerySchema>
