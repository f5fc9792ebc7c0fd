import type { Db, ReportsTable, Tx } from '#db/schema.ts'
import type { Engine } from '#db/engine.ts'
import { inRuns } from '#db/in-runs.ts'

/** Adds riders who are not known yet. */
export async function insertRiders(tx: Tx, engine: Engine, ids: readonly string[], now: number): Promise<void> {
  if (ids.length === 0) return
  const rows = ids.map((id) => ({ id, created_at: now }))
  await engine.ignoringDuplicates(tx.insertInto('riders').values(rows)).execute()
}

export async function insertReports(tx: Tx, reports: readonly ReportsTable[]): Promise<void> {
  for (const run of inRuns(reports)) await tx.insertInto('reports').values(run).execute()
}

/** The reports already made under these idempotency keys. */
export async function findByIdempotency(db: Db | Tx, keys: readonly string[]): Promise<ReportsTable[]> {
  const found: ReportsTable[] = []
  for (const run of inRuns(keys)) {
    found.push(...(await db.selectFrom('reports').selectAll().where('idempotency', 'in', run).execute()))
  }
  return found
}

/** The report that a rider has made under a key; under `earlierKey` only if it is the same rider's. */
export async function findStored(
  db: Db,
  riderId: string,
  key: string,
  earlierKey: string | null,
): Promise<ReportsTable | undefined> {
  const found = await findByIdempotency(db, earlierKey === null ? [key] : [key, earlierKey])
  return found.find((row) => row.idempotency === key) ?? found.find((row) => row.rider_id === riderId)
}

export async function findReport(db: Db | Tx, id: string): Promise<ReportsTable | undefined> {
  return db.selectFrom('reports').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function markRetracted(tx: Tx, id: string, now: number): Promise<void> {
  await tx.updateTable('reports').set({ retracted_at: now }).where('id', '=', id).execute()
}

/** A page of a zone's reports, newest first, those taken back left out. */
export async function listForZone(
  db: Db,
  zoneId: string,
  before: { observedAt: number; id: string } | null,
  limit: number,
): Promise<ReportsTable[]> {
  let query = db.selectFrom('reports').selectAll().where('zone_id', '=', zoneId).where('retracted_at', 'is', null)
  if (before !== null) {
    query = query.where(({ and, eb, or }) =>
      or([
        eb('observed_at', '<', before.observedAt),
        and([eb('observed_at', '=', before.observedAt), eb('id', '<', before.id)]),
      ]),
    )
  }
  return query.orderBy('observed_at', 'desc').orderBy('id', 'desc').limit(limit).execute()
}

/** A zone's reports observed between two times, newest first, those taken back left out. */
export async function listBetween(
  db: Db,
  zoneId: string,
  from: number,
  to: number,
  limit: number,
): Promise<ReportsTable[]> {
  return db
    .selectFrom('reports')
    .selectAll()
    .where('zone_id', '=', zoneId)
    .where('retracted_at', 'is', null)
    .where('observed_at', '>=', from)
    .where('observed_at', '<=', to)
    .orderBy('observed_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}
