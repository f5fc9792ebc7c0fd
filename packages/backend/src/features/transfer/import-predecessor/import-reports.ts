import type { Row, Tx } from '#db/schema.ts'
import type { Engine } from '#db/engine.ts'
import { insertRiders } from '#features/accounts/rider-records.ts'
import { insertNewReports } from '#features/reports/imported-reports.ts'
import { zoneIdsOf } from '#features/zones/stored-sources.ts'
import { legacyIdFor } from '#platform/ids.ts'
import { predecessorFields } from './predecessor-fields.ts'
import type { PredecessorRun } from './predecessor-run.ts'
import { mapReport, type MappedReport } from './map-report.ts'

const BATCH = 500
/** Milliseconds, longer than any server replays observations. */
const RECENT_MS = 30 * 86_400_000

/** Marks the reports of an import, in place of a payload hash, so that a rollback finds them. */
export function importMark(source: string): string {
  return `legacy:${source}`
}

/** Imports the reports of the imported zones. */
export async function importReports(run: PredecessorRun): Promise<void> {
  const { counts, deps } = run
  const now = deps.clock()
  const seen = new Set<string>()
  let batch: MappedReport[] = []
  for await (const row of run.from.rows('reports')) {
    if ('fault' in row) {
      counts.reports.fault(row)
      continue
    }
    counts.reports.see(row)
    const mapped = mapReport(predecessorFields(row, counts.reports.used), run.zones, now)
    if ('rejected' in mapped) counts.reports.reject(row.where, mapped.rejected)
    else if (seen.has(mapped.ref)) counts.reports.reject(row.where, 'its id is a duplicate')
    else {
      seen.add(mapped.ref)
      if (mapped.userRef !== null) run.users.add(mapped.userRef)
      run.reports?.add(mapped.ref)
      batch.push(mapped)
      if (batch.length === BATCH) {
        await writeReports(run, batch, now)
        batch = []
      }
    }
  }
  if (batch.length > 0) await writeReports(run, batch, now)
}

async function writeReports(run: PredecessorRun, reports: readonly MappedReport[], now: number): Promise<void> {
  const { counts, deps, id: source } = run
  const idOf = ({ ref }: MappedReport): string => legacyIdFor('report', source, ref)
  for (const one of reports) run.onMapped({ table: 'reports', legacyId: one.ref, id: idOf(one) })
  if (run.dryRun) {
    counts.reports.imported += reports.length
    return
  }
  const added = await deps.eventLog.commit(async (tx) => {
    const zones = await zoneIdsOf(tx, source, [...new Set(reports.map(({ zoneRef }) => zoneRef))])
    const rows = reports.flatMap((one): Row<'reports'>[] => {
      const zoneId = zones.get(one.zoneRef)
      return zoneId === undefined ? [] : [toRow(one, idOf(one), zoneId, source, now)]
    })
    return addReports(tx, deps.database.engine, rows)
  })
  counts.reports.imported += added
  counts.reports.alreadyImported += reports.length - added
}

/**
 * Adds new reports, with their riders.
 * @returns the number of added reports
 */
async function addReports(tx: Tx, engine: Engine, reports: readonly Row<'reports'>[]): Promise<number> {
  const added = await insertNewReports(tx, reports)
  const riders = new Map(added.map(({ rider_id, received_at }) => [rider_id, received_at]))
  await insertRiders(
    tx,
    engine,
    [...riders].map(([id, created_at]) => ({ id, created_at })),
  )
  return added.length
}

/**
 * Old reports keep their time; they are shown as history and do not affect estimates. A report of the last days would
 * be replayed by servers that start later, but not by running ones, so it has no effect at all.
 */
function toRow(one: MappedReport, id: string, zoneId: string, source: string, now: number): Row<'reports'> {
  const { kind, count, level, problem, at, userRef } = one
  return {
    id,
    zone_id: zoneId,
    rider_id: legacyIdFor('rider', source, userRef ?? ''),
    kind,
    count,
    level,
    problem,
    observed_at: at,
    received_at: at,
    distance: null,
    accuracy: null,
    over_capacity: 0,
    effect: kind === 'problem' || now - at < RECENT_MS ? 'none' : 'history',
    event_order: at,
    outlier_probability: null,
    network: null,
    trusted: 0,
    retracted_at: null,
    idempotency: null,
    payload_hash: importMark(source),
  }
}
