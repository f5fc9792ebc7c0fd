import { type Area, matchCell, type ZoneFacts } from '@kickstand/domain'
import { chunks } from '#db/chunks.ts'
import type { DbReader } from '#db/schema.ts'
import { namesByRef, readEntryNames } from './entry-name-store.ts'
import { decodeFacts } from './stored-facts.ts'

const PAGE = 20_000

/** The stored entry of a source for a zone. */
export type FormerEntry = {
  readonly zoneId: string
  readonly lat: number | null
  readonly lng: number | null
  readonly status: string
  readonly facts: Partial<ZoneFacts>
}

/** The stored entries of a source, by their current references. */
export async function readFormer(
  db: DbReader,
  sourceId: string,
  names: readonly string[],
): Promise<ReadonlyMap<string, FormerEntry>> {
  const found = new Map<string, FormerEntry>()
  const nameOf = await namesByRef(db, sourceId, names)
  for (const part of chunks([...nameOf.keys()])) {
    const rows = await db
      .selectFrom('zone_sources')
      .select(['ref', 'zone_id', 'lat', 'lng', 'status', 'facts'])
      .where('source_id', '=', sourceId)
      .where('ref', 'in', part)
      .execute()
    for (const { ref, zone_id: zoneId, facts, ...row } of rows) {
      found.set(nameOf.get(ref) ?? ref, { ...row, zoneId, facts: decodeFacts(facts) })
    }
  }
  return found
}

/** The bounding box of a source's zones; null where it has none on the map. */
export async function areaOfSource(db: DbReader, sourceId: string): Promise<Area | null> {
  const area = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity }
  for (let after = ''; ;) {
    const page = await db
      .selectFrom('zone_sources')
      .select(['ref', 'lat', 'lng', 'status'])
      .where('source_id', '=', sourceId)
      .where('ref', '>', after)
      .orderBy('ref')
      .limit(PAGE)
      .execute()
    for (const { lat, lng, status } of page) {
      if (lat === null || lng === null || status === 'retired') continue
      area.west = Math.min(area.west, lng)
      area.east = Math.max(area.east, lng)
      area.south = Math.min(area.south, lat)
      area.north = Math.max(area.north, lat)
    }
    const last = page.at(-1)
    if (last === undefined || page.length < PAGE) break
    after = last.ref
  }
  return Number.isFinite(area.west) ? area : null
}

type Place = { readonly lat: number; readonly lng: number }

/** The source's zones in the match cells of these places, by their current references. */
export async function readNeighbours(
  db: DbReader,
  sourceId: string,
  places: readonly Place[],
): Promise<(Place & { readonly ref: string })[]> {
  const found: (Place & { readonly ref: string })[] = []
  for (const cells of chunks([...new Set(places.map(({ lat, lng }) => matchCell(lat, lng)))])) {
    const rows = await db
      .selectFrom('zone_sources')
      .select(['ref', 'lat', 'lng'])
      .where('source_id', '=', sourceId)
      .where('status', '!=', 'retired')
      .where('cell', 'in', cells)
      .execute()
    for (const { ref, lat, lng } of rows) if (lat !== null && lng !== null) found.push({ ref, lat, lng })
  }
  const refs = found.map(({ ref }) => ref)
  const names = new Map((await readEntryNames(db, sourceId, 'ref', refs)).map(({ ref, name }) => [ref, name]))
  return found.map((one) => ({ ...one, ref: names.get(one.ref) ?? one.ref }))
}
