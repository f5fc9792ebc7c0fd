import type { Db } from './schema.ts'

export type ZoneChangeRow = { readonly zone_id: string; readonly position: number; readonly at: number }

/** A position in the order of changes: the last zone that was read. */
export type ChangePosition = { readonly position: number; readonly zoneId: string }

/** The next changes of zones in their order, at most `limit`. */
export async function changesAfter(db: Db, after: ChangePosition, limit: number): Promise<ZoneChangeRow[]> {
  const rows = await db
    .selectFrom('zone_changes')
    .selectAll()
    // Redundant, but it lets the query start at the right place of the index.
    .where('position', '>=', after.position)
    .where(({ and, eb, or }) =>
      or([
        eb('position', '>', after.position),
        and([eb('position', '=', after.position), eb('zone_id', '>', after.zoneId)]),
      ]),
    )
    .orderBy('position')
    .orderBy('zone_id')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ ...row, position: Number(row.position), at: Number(row.at) }))
}

/** The position of the newest change of any zone. */
export async function newestPosition(db: Db): Promise<number> {
  const row = await db.selectFrom('zone_positions').select('position').where('id', '=', 1).executeTakeFirst()
  return Number(row?.position ?? 0)
}
