import type { Db, DbReader, ZoneRow } from '#db/schema.ts'
import { readCursors, type Cursors } from '#db/event-reader.ts'
import type { Board } from './board.ts'
import { toBoardZone, type ZoneOrigin } from './board-zone.ts'
import { loadEstimates, loadEstimatesOf } from './load-estimates.ts'
import { loadPriors } from './load-priors.ts'

const IDS_PER_QUERY = 500
/** Rows that a driver may fetch before they are asked for. */
const PLACES_AHEAD = 1000

/**
 * Fills an empty board from the database as it stands at one moment, and returns the place in the events that belongs to
 * that moment: the tail goes on from there and misses nothing.
 */
export async function loadBoard(db: Db, board: Board): Promise<Cursors> {
  return db
    .transaction()
    .setAccessMode('read only')
    .execute(async (tx) => {
      const cursors = await readCursors(tx)
      await reserveRows(tx, board)
      await loadZones(tx, board)
      await loadPriors(tx, board)
      await loadEstimates(tx, board)
      return cursors
    })
    .then(async (cursors) => {
      await board.endLoad()
      return cursors
    })
}

/** In the order of the table, which is read at a stretch: these are few columns of each zone, and any order will do. */
async function reserveRows(tx: DbReader, board: Board): Promise<void> {
  const ids: string[] = []
  const lats: number[] = []
  const lngs: number[] = []
  const places = tx.selectFrom('zones').select(['id', 'lat', 'lng', 'status', 'merged_into']).stream(PLACES_AHEAD)
  for await (const { id, lat, lng, status, merged_into } of places) {
    if (merged_into !== null) board.lead(id, merged_into)
    if (status === 'retired') continue
    ids.push(id)
    lats.push(lat)
    lngs.push(lng)
  }
  board.reserve(ids, Float64Array.from(lats), Float64Array.from(lngs))
}

/** Also in the order of the table: in that of their ids, which says nothing of where they lie, it takes twice the time. */
async function loadZones(tx: DbReader, board: Board): Promise<void> {
  const simulated = await simulatedSources(tx)
  const rows = tx
    .selectFrom('zones')
    .leftJoin('zone_sources', (join) =>
      join.onRef('zone_sources.zone_id', '=', 'zones.id').on('zone_sources.status', '!=', 'retired'),
    )
    .selectAll('zones')
    .select(['zone_sources.source_id', 'zone_sources.ref'])
    .stream(PLACES_AHEAD)
  /** Zones whose sources did not come one after the other. */
  const scattered: string[] = []
  let ofOne: (ZoneRow & { source_id: string | null; ref: string | null })[] = []
  const put = (): void => {
    const zone = ofOne.at(0)
    if (zone === undefined) return
    const row = board.row(zone.id)
    if (row !== undefined && board.isOnMap(row)) scattered.push(zone.id)
    const origins = ofOne.flatMap(({ source_id, ref }) =>
      source_id === null || ref === null ? [] : { source_id, ref },
    )
    board.lead(zone.id, zone.merged_into)
    board.put(toBoardZone(zone, origins.length > 1 ? origins.toSorted(bySource) : origins, simulated))
  }
  for await (const row of rows) {
    if (row.id !== ofOne.at(0)?.id) {
      put()
      ofOne = []
    }
    ofOne.push(row)
  }
  put()
  await reloadZones(tx, board, scattered)
}

function bySource(a: ZoneOrigin, b: ZoneOrigin): number {
  return a.source_id < b.source_id ? -1 : a.source_id > b.source_id ? 1 : 0
}

/** Reads these zones again and puts them, or takes away those that are gone. One that is new here brings what is known of it. */
export async function reloadZones(db: DbReader, board: Board, zoneIds: readonly string[]): Promise<void> {
  const simulated = await simulatedSources(db)
  for (let from = 0; from < zoneIds.length; from += IDS_PER_QUERY) {
    const ids = zoneIds.slice(from, from + IDS_PER_QUERY)
    const zones = await db.selectFrom('zones').selectAll().where('id', 'in', ids).execute()
    const origins = await db
      .selectFrom('zone_sources')
      .select(['zone_id', 'source_id', 'ref'])
      .where('zone_id', 'in', ids)
      .where('status', '!=', 'retired')
      .orderBy('zone_id')
      .orderBy('source_id')
      .execute()
    const added = ids.filter((id) => isNewHere(board, id))
    putZones(board, zones, origins, simulated)
    await loadEstimatesOf(db, board, added)
    const found = new Set(zones.map((zone) => zone.id))
    for (const id of ids) if (!found.has(id)) board.forget(id)
  }
}

/** Not on the map, and nothing is known of it: it has never been here, or was passed over when the board was filled. */
function isNewHere(board: Board, id: string): boolean {
  const row = board.row(id)
  return row === undefined || !(board.isOnMap(row) || board.hasObservations(row))
}

async function simulatedSources(db: DbReader): Promise<ReadonlySet<string>> {
  const rows = await db.selectFrom('sources').select('id').where('simulated', '=', 1).execute()
  return new Set(rows.map((row) => row.id))
}

function putZones(
  board: Board,
  zones: readonly ZoneRow[],
  origins: readonly (ZoneOrigin & { zone_id: string })[],
  simulated: ReadonlySet<string>,
): void {
  const byZone = Map.groupBy(origins, (origin) => origin.zone_id)
  for (const zone of zones) {
    board.lead(zone.id, zone.merged_into)
    board.put(toBoardZone(zone, byZone.get(zone.id) ?? [], simulated))
  }
}
