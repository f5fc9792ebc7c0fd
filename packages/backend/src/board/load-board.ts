import type { ZoneRow } from '#db/schema.ts'
import type { DbReader } from '#db/schema.ts'
import { readCursors, type Cursors } from '#db/event-reader.ts'
import type { Database } from '#db/open-database.ts'
import type { Board } from './board.ts'
import { toBoardZone, type ZoneOrigin } from './board-zone.ts'
import { readingObservation, toObservation } from './observation-of.ts'
import { REMEMBERED_MS } from './zone-log.ts'

/** Small enough that a page is garbage while it is young; a heap that grew with pages would stay large. */
const PAGE = 100
const IDS_PER_QUERY = 500
/** Rows that a driver may fetch before they are asked for. */
const PLACES_AHEAD = 1000

/**
 * Fills an empty board from the database as it stands at one moment, and returns the place in the events that belongs to
 * that moment: the tail goes on from there and misses nothing.
 */
export async function loadBoard({ db }: Database, board: Board): Promise<Cursors> {
  return db
    .transaction()
    .setAccessMode('read only')
    .execute(async (tx) => {
      const cursors = await readCursors(tx)
      await reserveRows(tx, board)
      await loadZones(tx, board)
      await loadReporters(tx, board)
      const cutAt = await loadCheckpoints(tx, board)
      await loadReports(tx, board, cutAt - REMEMBERED_MS)
      await loadReadings(tx, board, cutAt - REMEMBERED_MS)
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

async function loadZones(tx: DbReader, board: Board): Promise<void> {
  const simulated = await simulatedSources(tx)
  for (let after = ''; ;) {
    const zones = await tx.selectFrom('zones').selectAll().where('id', '>', after).orderBy('id').limit(PAGE).execute()
    const last = zones.at(-1)
    if (last === undefined) return
    const origins = await tx
      .selectFrom('zone_sources')
      .select(['zone_id', 'source_id', 'ref'])
      .where('zone_id', '>', after)
      .where('zone_id', '<=', last.id)
      .where('status', '!=', 'retired')
      .orderBy('zone_id')
      .orderBy('source_id')
      .execute()
    putZones(board, zones, origins, simulated)
    after = last.id
  }
}

/** Reads these zones again and puts them, or takes away those that are gone. */
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
    putZones(board, zones, origins, simulated)
    const found = new Set(zones.map((zone) => zone.id))
    for (const id of ids) if (!found.has(id)) board.forget(id)
  }
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

async function loadReporters(tx: DbReader, board: Board): Promise<void> {
  for (let after = ''; ;) {
    const riders = await tx
      .selectFrom('riders')
      .select(['id', 'trust_honest', 'trust_junk'])
      .where('id', '>', after)
      .where(({ eb, or }) => or([eb('trust_honest', '>', 0), eb('trust_junk', '>', 0)]))
      .orderBy('id')
      .limit(PAGE)
      .execute()
    for (const { id, trust_honest, trust_junk } of riders) board.reporters.put(id, trust_honest, trust_junk)
    const last = riders.at(-1)
    if (last === undefined) return
    after = last.id
  }
}

/** Puts the stored checkpoints on the board. Returns the moment that all of them reach. */
async function loadCheckpoints(tx: DbReader, board: Board): Promise<number> {
  const cut = await tx.selectFrom('estimate_cuts').select('cut_at').where('id', '=', 1).executeTakeFirst()
  const cutAt = cut?.cut_at ?? 0
  board.settle(cutAt)
  for (let after = ''; ;) {
    const rows = await tx
      .selectFrom('estimates')
      .selectAll()
      .where('zone_id', '>', after)
      .orderBy('zone_id')
      .limit(PAGE)
      .execute()
    for (const { zone_id, cut_at, capacity, state } of rows) {
      board.restore(zone_id, { cutAt: cut_at, capacity, state })
    }
    const last = rows.at(-1)
    if (last === undefined) return cutAt
    after = last.zone_id
  }
}

/** Reports from `since` on, in the order that they are folded in. */
async function loadReports(tx: DbReader, board: Board, since: number): Promise<void> {
  for (let after = { at: since, id: '' }; ;) {
    const reports = await tx
      .selectFrom('reports')
      .select(['id', 'zone_id', 'rider_id', 'kind', 'count', 'level', 'observed_at', 'fold_at', 'effect', 'junk'])
      .select(['network', 'vouched'])
      .where('effect', '!=', 'none')
      .where('retracted_at', 'is', null)
      // The first condition follows from the second; it is there so that the index is entered at its place.
      .where('fold_at', '>=', after.at)
      .where(({ and, eb, or }) =>
        or([eb('fold_at', '>', after.at), and([eb('fold_at', '=', after.at), eb('id', '>', after.id)])]),
      )
      .orderBy('fold_at')
      .orderBy('id')
      .limit(PAGE)
      .execute()
    for (const report of reports) {
      const { zone_id, rider_id, observed_at, fold_at, vouched } = report
      const times = { observedAt: observed_at, foldAt: fold_at }
      const seen = toObservation({ ...report, ...times, riderId: rider_id, vouched: vouched === 1 })
      if (seen !== null) board.load(zone_id, seen)
    }
    const last = reports.at(-1)
    if (last === undefined || reports.length < PAGE) return
    after = { at: last.fold_at, id: last.id }
  }
}

/** Readings from `since` on that move estimates, in the order that they are folded in; then when each machine last spoke. */
async function loadReadings(tx: DbReader, board: Board, since: number): Promise<void> {
  for (let after = { at: since, id: '' }; ;) {
    const readings = await tx
      .selectFrom('readings')
      .selectAll()
      // The first condition follows from the second; it is there so that the index is entered at its place.
      .where('fold_at', '>=', after.at)
      .where(({ and, eb, or }) =>
        or([eb('fold_at', '>', after.at), and([eb('fold_at', '=', after.at), eb('id', '>', after.id)])]),
      )
      .orderBy('fold_at')
      .orderBy('id')
      .limit(PAGE)
      .execute()
    for (const { feed_id, zone_id, counts, observed_at, fold_at, ...said } of readings) {
      if (counts === 0) continue
      const reading = { ...said, zoneId: zone_id, at: observed_at, foldAt: fold_at }
      board.load(zone_id, readingObservation(feed_id, reading))
    }
    const last = readings.at(-1)
    if (last === undefined || readings.length < PAGE) break
    after = { at: last.fold_at, id: last.id }
  }
  const sensors = await tx.selectFrom('sensors').select(['zone_id', 'told_at']).where('told_at', '>', since).execute()
  for (const { zone_id, told_at } of sensors) board.confirm(zone_id, told_at)
}
