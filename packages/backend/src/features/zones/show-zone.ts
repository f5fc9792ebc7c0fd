import type { SourceBody, SourcesBody, ZoneQuery } from '@kickstand/contract'
import { DomainError } from '@kickstand/domain'
import { toTimestamp } from '#read-model/availability-json.ts'
import type { EstimateReader, ZoneReader } from '#read-model/board-types.ts'
import { readPermits } from '#read-model/search-filter.ts'
import type { OptionalRead } from '#db/optional-read.ts'
import type { Db } from '#db/schema.ts'
import type { Clock } from '#platform/clock.ts'
import { readOrigins, readSources } from './zone-read-store.ts'
import { provenanceOf } from './zone-provenance.ts'
import { dateOfPlace } from './snapshot-date-store.ts'
import { readRequestedTime } from './requested-time.ts'
import { zoneObject } from './zone-json.ts'

/** The row of a zone on the map, also by the id of a zone that was merged into it. Throws `zone-not-found`. */
export function rowOfZone(board: ZoneReader, id: string): number {
  const row = board.resolveRow(id)
  if (row === undefined || !board.isOnMap(row)) {
    throw new DomainError('zone-not-found', `There is no zone ${id}. /v1/zones/nearby and /v1/zones list the zones.`)
  }
  return row
}

/** A copy of the sources, for times without a database. */
export type CachedSources = { cached(): SourcesBody['sources'] }

type ShowZoneDeps = {
  readonly board: ZoneReader & EstimateReader
  readonly db: Db
  readonly clock: Clock
  readonly readOptional: OptionalRead
  readonly sources: CachedSources
}

/**
 * One zone with its provenance, as the contract's Zone. While the database is unavailable, provenance and the dates of
 * the sources are left out; the rest is in memory. Throws `zone-not-found`, and `invalid-request` for `at`.
 */
export async function showZone(
  { board, db, clock, readOptional, sources }: ShowZoneDeps,
  id: string,
  { at, vehicle = 'motorcycle', permits }: ZoneQuery = {},
): Promise<Record<string, unknown>> {
  const row = rowOfZone(board, id)
  const now = clock()
  const time = readRequestedTime(at, now)
  const options = { time, now, rulesFor: { vehicle, permits: readPermits(permits) } }
  const claims = await readOptional(() => readClaims(db, board.id(row), { lat: board.lat(row), lng: board.lng(row) }))
  const zone = zoneObject(board, row, options)
  if (claims === null) {
    return { ...zone, sources: zone.sources.map((source) => ({ ...source, ...termsOf(source.id, sources.cached()) })) }
  }
  return {
    ...zone,
    provenance: claims.provenance,
    sources: claims.origins.map(({ source_id, ref, seen_at }) => ({
      id: source_id,
      ref,
      seenAt: toTimestamp(seen_at),
      asOf: timestampOrNull(claims.dates.get(source_id) ?? null),
      ...termsOf(source_id, claims.sources),
    })),
  }
}

type Terms = Pick<SourceBody, 'id' | 'name' | 'licence' | 'attribution' | 'url'>

function termsOf(id: string, sources: readonly Terms[]): Omit<Terms, 'id'> | undefined {
  const source = sources.find((one) => one.id === id)
  if (source === undefined) return undefined
  const { name, licence, attribution, url } = source
  return { name, licence, attribution, url }
}

function timestampOrNull(at: number | null): string | null {
  return at === null ? null : toTimestamp(at)
}

async function readClaims(db: Db, zoneId: string, { lat, lng }: { readonly lat: number; readonly lng: number }) {
  const [origins, sources, provenance] = await Promise.all([
    readOrigins(db, zoneId),
    readSources(db),
    provenanceOf(db, zoneId),
  ])
  const ids = [...new Set(origins.map(({ source_id }) => source_id))]
  const dates = await Promise.all(ids.map(async (id) => [id, await dateOfPlace(db, id, lat, lng)] as const))
  return { origins, sources, provenance, dates: new Map(dates) }
}
