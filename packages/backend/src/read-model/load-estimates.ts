import type { DbReader, Row } from '#db/schema.ts'
import type { BoardWriter, EstimateReader } from './board-types.ts'
import { loadReadings, loadReadingsOf } from './load-readings.ts'
import { toObservation } from './observation-of.ts'
import { REMEMBERED_MS } from './zone-log.ts'

/** Rows per page. Small pages are freed by the young-generation GC; large ones would grow the heap for good. */
const PAGE = 100

/** Loads the estimates of all zones and the trust in all reporters. */
export async function loadEstimates(tx: DbReader, board: EstimateReader & BoardWriter): Promise<void> {
  const cutAt = await loadTrustAndCutoff(tx, board)
  await loadCheckpoints(tx, board)
  await loadReports(tx, board, cutAt - REMEMBERED_MS)
  await loadReadings(tx, board, cutAt - REMEMBERED_MS)
}

/** Loads the trust in reporters and the checkpoint cutoff. Returns the cutoff: all zones have checkpoints up to it. */
export async function loadTrustAndCutoff(tx: DbReader, board: EstimateReader & BoardWriter): Promise<number> {
  await loadReporters(tx, board)
  const cutAt = await readCut(tx)
  board.advanceCutoff(cutAt)
  return cutAt
}

/** Loads the estimates of zones that are new on the board or came back. */
export async function loadEstimatesOf(
  db: DbReader,
  board: EstimateReader & BoardWriter,
  zoneIds: readonly string[],
): Promise<void> {
  if (zoneIds.length === 0) return
  const checkpoints = await db.selectFrom('estimates').selectAll().where('zone_id', 'in', zoneIds).execute()
  for (const stored of checkpoints) restore(board, stored)
  const since = (await readCut(db)) - REMEMBERED_MS
  const reports = await effectiveReports(db).where('zone_id', 'in', zoneIds).where('event_order', '>=', since).execute()
  for (const report of reports) load(board, report)
  await loadReadingsOf(db, board, zoneIds, since)
}

async function loadReporters(tx: DbReader, board: EstimateReader & BoardWriter): Promise<void> {
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

/** The cutoff: all zones have checkpoints up to it. */
async function readCut(db: DbReader): Promise<number> {
  const cut = await db.selectFrom('estimate_cuts').select('cut_at').where('id', '=', 1).executeTakeFirst()
  return cut?.cut_at ?? 0
}

async function loadCheckpoints(tx: DbReader, board: EstimateReader & BoardWriter): Promise<void> {
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

/** Loads reports from `since` on, in replay order. */
async function loadReports(tx: DbReader, board: EstimateReader & BoardWriter, since: number): Promise<void> {
  for (let after = { at: since, id: '' }; ;) {
    const reports = await effectiveReports(tx)
      // The first condition follows from the second; it makes the engine use the index.
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

function load(board: EstimateReader & BoardWriter, report: EffectiveReport): void {
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

function restore(board: EstimateReader & BoardWriter, { zone_id, cut_at, capacity, state }: Row<'estimates'>): void {
  board.restore(zone_id, { cutAt: cut_at, capacity, state })
}
