import type { Db, DbReader, Row } from '#db/schema.ts'
import { readCursors, type Cursors } from '#db/event-reader.ts'
import type { Board } from './board-types.ts'
import { toBoardZone, type ZoneOrigin } from './board-zone.ts'
import { loadEstimates, loadEstimatesOf } from './load-estimates.ts'
import { loadPriors } from './load-priors.ts'

const IDS_PER_QUERY = 500
/** Rows that the driver may fetch ahead. */
const ROWS_AHEAD = 1000

/**
 * Loads an empty board as of one moment of the database, and returns the cursors of that moment: the tail continues
 * from there and misses nothing.
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

/** Reads in table order, a sequential scan: a few columns of each zone, in any order. */
async function reserveRows(tx: DbReader, board: Board): Promise<void> {
  const ids: string[] = []
  const lats: number[] = []
  const lngs: number[] = []
  const places = tx.selectFrom('zones').select(['id', 'lat', 'lng', 'status', 'merged_into']).stream(ROWS_AHEAD)
  for await (const { id, lat, lng, status, merged_into } of places) {
    if (merged_into !== null) board.setMergedInto(id, merged_into)
    if (status === 'retired') continue
    ids.push(id)
    lats.push(lat)
    lngs.push(lng)
  }
  board.reserve(ids, Float64Array.from(lats), Float64Array.from(lngs))
}

/** Also in table order: ordering by id, which is unrelated to the place, would take twice the time. */
async function loadZones(tx: DbReader, board: Board): Promise<void> {
  const simulated = await simulatedSources(tx)
  const rows = tx
    .selectFrom('zones')
    .leftJoin('zone_sources', (join) =>
      join.onRef('zone_sources.zone_id', '=', 'zones.id').on('zone_sources.status', '!=', 'retired'),
    )
    .selectAll('zones')
    .select(['zone_sources.source_id', 'zone_sources.ref'])
    .stream(ROWS_AHEAD)
  /** Zones whose joined rows were not adjacent. */
  const scattered: string[] = []
  let sameZone: (Row<'zones'> & { source_id: string | null; ref: string | null })[] = []
  const put = (): void => {
    const zone = sameZone.at(0)
    if (zone === undefined) return
    const row = board.row(zone.id)
    if (row !== undefined && board.isOnMap(row)) scattered.push(zone.id)
    const origins = sameZone.flatMap(({ source_id, ref }) =>
      source_id === null || ref === null ? [] : { source_id, ref },
    )
    board.setMergedInto(zone.id, zone.merged_into)
    board.put(toBoardZone(zone, origins.length > 1 ? origins.toSorted(bySource) : origins, simulated))
  }
  for await (const row of rows) {
    if (row.id !== sameZone.at(0)?.id) {
      put()
      sameZone = []
    }
    sameZone.push(row)
  }
  put()
  await reloadZones(tx, board, scattered)
}

function bySource(a: ZoneOrigin, b: ZoneOrigin): number {
  return a.source_id < b.source_id ? -1 : a.source_id > b.source_id ? 1 : 0
}

/**
 * Reloads these zones: updates the board and removes those that were deleted. For a new zone its estimate is loaded
 * too.
 */
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
    const added = ids.filter((id) => isNew(board, id))
    putZones(board, zones, origins, simulated)
    await loadEstimatesOf(db, board, added)
    const found = new Set(zones.map((zone) => zone.id))
    for (const id of ids) if (!found.has(id)) board.forget(id)
  }
}

/** Whether a zone is neither on the map nor observed: it is new, or was skipped when the board was loaded. */
function isNew(board: Board, id: string): boolean {
  const row = board.row(id)
  return row === undefined || !(board.isOnMap(row) || board.hasObservations(row))
}

async function simulatedSources(db: DbReader): Promise<ReadonlySet<string>> {
  const rows = await db.selectFrom('sources').select('id').where('simulated', '=', 1).execute()
  return new Set(rows.map((row) => row.id))
}

function putZones(
  board: Board,
  zones: readonly Row<'zones'>[],
  origins: readonly (ZoneOrigin & { zone_id: string })[],
  simulated: ReadonlySet<string>,
): void {
  const byZone = Map.groupBy(origins, (origin) => origin.zone_id)
  for (const zone of zones) {
    board.setMergedInto(zone.id, zone.merged_into)
    board.put(toBoardZone(zone, byZone.get(zone.id) ?? [], simulated))
  }
}
