import type { ZoneQuery } from '@kickstand/contract'
import { DomainError } from '@kickstand/domain'
import { toTimestamp } from '#board/availability-json.ts'
import type { Board } from '#board/board.ts'
import { readPermits } from '#board/search-filter.ts'
import type { Db } from '#db/schema.ts'
import type { Clock } from '#platform/clock.ts'
import { readOrigins, readSources } from './zone-read-store.ts'
import { provenanceOf } from './zone-provenance.ts'
import { readTimeAsked } from './time-asked.ts'
import { zoneObject } from './zone-json.ts'

/** The row of a zone on the map, also by the name of one that turned out to be it. Throws `zone-not-found`. */
export function rowOfZone(board: Board, id: string): number {
  const row = board.rowOfName(id)
  if (row === undefined || !board.isOnMap(row)) {
    throw new DomainError(
      'zone-not-found',
      `There is no zone ${id}. Zones are found by /v1/zones/nearby and /v1/zones.`,
    )
  }
  return row
}

/** One zone with who says what about it, as the contract's Zone. Throws `zone-not-found`, `invalid-request` for `at`. */
export async function showZone(
  { board, db, clock }: { board: Board; db: Db; clock: Clock },
  id: string,
  { at, vehicle = 'motorcycle', permits }: ZoneQuery = {},
): Promise<Record<string, unknown>> {
  const row = rowOfZone(board, id)
  const now = clock()
  const time = readTimeAsked(at, now)
  const telling = { time, now, rulesFor: { vehicle, permits: readPermits(permits) } }
  const [origins, sources, provenance] = await Promise.all([
    readOrigins(db, board.id(row)),
    readSources(db),
    provenanceOf(db, board.id(row)),
  ])
  return {
    ...zoneObject(board, row, telling),
    provenance,
    sources: origins.map((origin) => {
      const source = sources.find((one) => one.id === origin.source_id)
      return {
        id: origin.source_id,
        ref: origin.ref,
        seenAt: toTimestamp(origin.seen_at),
        ...(source === undefined
          ? {}
          : { name: source.name, licence: source.licence, attribution: source.attribution, url: source.url }),
      }
    }),
  }
}
