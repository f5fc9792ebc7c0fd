import type { Engine } from '#db/engine.ts'
import type { DbReader, ReportsTable, Tx } from '#db/schema.ts'

/** Marks the reports of an import, in place of a payload hash, so that a rollback finds them. */
export function importMark(source: string): string {
  return `legacy:${source}`
}

/** The current zones of a source's entries, by reference. */
export async function zonesOfRefs(
  db: DbReader,
  source: string,
  refs: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (refs.length === 0) return new Map()
  const rows = await db
    .selectFrom('zone_sources')
    .select(['ref', 'zone_id'])
    .where('source_id', '=', source)
    .where('ref', 'in', refs)
    .execute()
  return new Map(rows.map((row) => [row.ref, row.zone_id]))
}

/**
 * Adds new reports, with their riders.
 * @returns the number of added reports
 */
export async function addReports(tx: Tx, engine: Engine, reports: readonly ReportsTable[]): Promise<number> {
  const ids = reports.map(({ id }) => id)
  const there = await tx.selectFrom('reports').select('id').where('id', 'in', ids).execute()
  const known = new Set(there.map(({ id }) => id))
  const fresh = reports.filter(({ id }) => !known.has(id))
  if (fresh.length === 0) return 0
  const riders = new Map(fresh.map(({ rider_id, received_at }) => [rider_id, received_at]))
  const rows = [...riders].map(([id, created_at]) => ({ id, created_at }))
  await engine.ignoringDuplicates(tx.insertInto('riders').values(rows)).execute()
  await tx.insertInto('reports').values(fresh).execute()
  return fresh.length
}

/** The totals of an import in the database. */
export async function countStored(
  db: DbReader,
  source: string,
): Promise<{ zones: number; spaces: number; reports: number }> {
  const zones = await db
    .selectFrom('zone_sources')
    .select(({ fn }) => [fn.countAll<number>().as('zones'), fn.sum<number | string | null>('capacity').as('spaces')])
    .where('source_id', '=', source)
    .where('status', '=', 'active')
    .executeTakeFirstOrThrow()
  const { reports } = await db
    .selectFrom('reports')
    .select(({ fn }) => fn.countAll<number>().as('reports'))
    .where('payload_hash', '=', importMark(source))
    .executeTakeFirstOrThrow()
  return { zones: zones.zones, spaces: Number(zones.spaces ?? 0), reports }
}
