import Type, { type Static } from 'typebox'
import { AvailabilitySchema } from './availability.ts'
import { ZoneId } from './shared.ts'

/** Tile keys at this zoom name the cells of a live stream: `13/x/y`. */
export const LIVE_CELL_ZOOM = 13
export const LIVE_MAX_CELLS = 64

/**
 * One `event: availability` of the stream: the present figures of these zones. Sent first for all zones of the cells that
 * are not unknown (on a reconnect: those changed since `Last-Event-ID`), then with every change.
 */
export const LiveAvailabilitySchema = Type.Object(
  { zones: Type.Array(Type.Object({ id: ZoneId, availability: AvailabilitySchema })) },
  { $id: 'LiveAvailability' },
)
export type LiveAvailabilityBody = Static<typeof LiveAvailabilitySchema>

/** One `event: zones`: these zones were added, changed or taken away; ask for them again. */
export const LiveZonesSchema = Type.Object({ ids: Type.Array(ZoneId) }, { $id: 'LiveZones' })
export type LiveZonesBody = Static<typeof LiveZonesSchema>

/**
 * One `event: reset` (data `{}`), on a reconnect to a server that kept no account of what changed meanwhile: ask for the
 * zones of the cells again. Their figures follow.
 *
 * One `event: beat` (data `{}`) every 20 seconds: the stream is alive. After 25 seconds of silence open it anew.
 */
export const LIVE_EVENTS = ['availability', 'zones', 'reset', 'beat'] as const

export const LiveQuerySchema = Type.Object(
  { cells: Type.String({ description: 'Comma-separated cells at zoom 13: 13/x/y,13/x/y', maxLength: 2048 }) },
  { additionalProperties: false },
)
export type LiveQuery = Static<typeof LiveQuerySchema>
