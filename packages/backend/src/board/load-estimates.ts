import type { DbReader, EstimatesTable } from '#db/schema.ts'
import type { Board } from './board.ts'
import { loadReadings, loadReadingsOf } from './load-readings.ts'
import { toObservation } from './observation-of.ts'
import { REMEMBERED_MS } from './zone-log.ts'

/** Small enough that a page is garbage while it is young; a heap that grew with pages would stay large. */
const PAGE = 100

/** Fills a board of zones with what is known of them and of those who reported. */
export async function loadEstimates(tx: DbReader, board: Board): Promise<void> {
  const cutAt = await loadEstimateBasics(tx, board)
  await loadCheckpoints(tx, board)
  await loadReports(tx, board, cutAt - REMEMBERED_MS)
  await loadReadings(tx, board, cutAt - REMEMBERED_MS)
}

/** What estimates rest on beside their zones. Returns the moment that all checkpoints reach. */
export async function loadEstimateBasics(tx: DbReader, board: Board): Promise<number> {
  await loadReporters(tx, board)
  const cutAt = await readCut(tx)
  board.settle(cutAt)
  return cutAt
}

/** Puts what is known of zones that have just come on the board, or come back: for them it was passed over before. */
export async function loadEstimatesOf(db: DbReader, board: Board, zoneIds: readonly string[]): Promise<void> {
  if (zoneIds.length === 0) return
  const checkpoints = await db.selectFrom('estimates').selectAll().where('zone_id', 'in', zoneIds).execute()
  for (const stored of checkpoints) restore(board, stored)
  const since = (await readCut(db)) - REMEMBERED_MS
  const reports = await effectiveReports(db).where('zone_id', 'in', zoneIds).where('event_order', '>=', since).execute()
  for (const report of reports) load(board, report)
  await loadReadingsOf(db, board, zoneIds, since)
}

async function loadReporters(tx: DbReader, board: Board): Promise<void> {
  for (let after = ''; ;) {
    const riders = await tx
      .selectFrom('riders')
      .select(['id', 'trust_honest', 'trust_outlier'])
      .where('id', '>', after)
      .where(({ eb, or }) => or([eb('trust_honest', '>', 0), eb('trust_outlier', '>', 0)]))
      .orderBy('id')
      .limit(PAGE)
      .execute()
    for (const { id, trust_honest, trust_outlier } of riders) board.reporters.put(id, trust_honest, trust_outlier)
    const last = riders.at(-1)
    if (last === undefined) return
    after = last.id
  }
}

/** The moment that all checkpoints reach. */
async function readCut(db: DbReader): Promise<number> {
  const cut = await db.selectFrom('estimate_cuts').select('cut_at').where('id', '=', 1).executeTakeFirst()
  return cut?.cut_at ?? 0
}

async function loadCheckpoints(tx: DbReader, board: Board): Promise<void> {
  for (let after = ''; ;) {
    const rows = await tx
      .selectFrom('estimates')
      .selectAll()
      .where('zone_id', '>', after)
      .orderBy('zone_id')
      .limit(PAGE)
      .execute()
    for (const stored of rows) restore(board, stored)
    const last = rows.at(-1)
    if (last === undefined) return
    after = last.zone_id
  }
}

/** Reports from `since` on, in the order that they are folded in. */
async function loadReports(tx: DbReader, board: Board, since: number): Promise<void> {
  for (let after = { at: since, id: '' }; ;) {
    const reports = await effectiveReports(tx)
      // The first condition follows from the second; it is there so that the index is entered at its place.
      .where('event_order', '>=', after.at)
      .where(({ and, eb, or }) =>
        or([eb('event_order', '>', after.at), and([eb('event_order', '=', after.at), eb('id', '>', after.id)])]),
      )
      .orderBy('event_order')
      .orderBy('id')
      .limit(PAGE)
      .execute()
    for (const report of reports) load(board, report)
    const last = reports.at(-1)
    if (last === undefined || reports.length < PAGE) return
    after = { at: last.event_order, id: last.id }
  }
}

function effectiveReports(db: DbReader) {
  return db
    .selectFrom('reports')
    .select([
      'id',
      'zone_id',
      'rider_id',
      'kind',
      'count',
      'level',
      'observed_at',
      'event_order',
      'effect',
      'outlier_probability',
    ])
    .select(['network', 'trusted', 'distance'])
    .where('effect', '!=', 'none')
    .where('retracted_at', 'is', null)
}

type EffectiveReport = Awaited<ReturnType<ReturnType<typeof effectiveReports>['execute']>>[number]

function load(board: Board, report: EffectiveReport): void {
  const { zone_id, rider_id, observed_at, event_order, outlier_probability, trusted, distance } = report
  const times = { observedAt: observed_at, eventOrder: event_order }
  const seen = toObservation({
    ...report,
    ...times,
    riderId: rider_id,
    outlierProbability: outlier_probability,
    trusted: trusted === 1,
    withinReach: distance !== null,
  })
  if (seen !== null) board.load(zone_id, seen)
}

function restore(board: Board, { zone_id, cut_at, capacity, state }: EstimatesTable): void {
  board.restore(zone_id, { cutAt: cut_at, capacity, state })
}
