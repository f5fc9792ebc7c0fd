import type { ZoneQuery } from '@kickstand/contract'
import { DomainError } from '@kickstand/domain'
import { toTimestamp } from '#board/availability-json.ts'
import type { Board } from '#board/board.ts'
import { readPermits } from '#board/search-filter.ts'
import { isPassing, type Engine } from '#db/engine.ts'
import type { Db } from '#db/schema.ts'
import type { Clock } from '#platform/clock.ts'
import type { Patience } from '#platform/patience.ts'
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

type ShowZoneDeps = {
  readonly board: Board
  readonly db: Db
  readonly engine: Engine
  readonly clock: Clock
  /** How long who says what is waited for. */
  readonly patience: Patience
}

/**
 * One zone with who says what about it, as the contract's Zone; without that while the database is away, since all the rest
 * stands on the board. Throws `zone-not-found`, `invalid-request` for `at`.
 */
export async function showZone(
  { board, db, engine, clock, patience }: ShowZoneDeps,
  id: string,
  { at, vehicle = 'motorcycle', permits }: ZoneQuery = {},
): Promise<Record<string, unknown>> {
  const row = rowOfZone(board, id)
  const now = clock()
  const time = readTimeAsked(at, now)
  const telling = { time, now, rulesFor: { vehicle, permits: readPermits(permits) } }
  const words = await readWords({ db, engine, patience }, board.id(row))
  const zone = zoneObject(board, row, telling)
  if (words === null) return zone
  const { origins, sources, provenance } = words
  return {
    ...zone,
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

/** Who says what of a zone; null while the database is away or does not answer. */
async function readWords({ db, engine, patience }: Pick<ShowZoneDeps, 'db' | 'engine' | 'patience'>, zoneId: string) {
  try {
    return await patience(async () => {
      const [origins, sources, provenance] = await Promise.all([
        readOrigins(db, zoneId),
        readSources(db),
        provenanceOf(db, zoneId),
      ])
      return { origins, sources, provenance }
    })
  } catch (error) {
    // More wait for a connection than may: so it is after a minute without the database.
    const isBusy = error instanceof DomainError && error.code === 'overloaded'
    if (isBusy || isPassing(engine, error)) return null
    throw error
  }
}
