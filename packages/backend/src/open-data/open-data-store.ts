import type { Db } from '#db/schema.ts'

export type ZoneChangeRow = { readonly zone_id: string; readonly position: number; readonly at: number }

/** A place in the order of changes: after this zone's at this position. */
export type ChangePlace = { readonly position: number; readonly zoneId: string }

export async function changesAfter(db: Db, after: ChangePlace, limit: number): Promise<ZoneChangeRow[]> {
  const rows = await db
    .selectFrom('zone_changes')
    .selectAll()
    // The first condition follows from the second; it is there so that the index is entered at its place.
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

/** The next ids of zones after one, in order, those off the map included. */
export async function zoneIdsAfter(db: Db, after: string, limit: number): Promise<string[]> {
  const rows = await db.selectFrom('zones').select('id').where('id', '>', after).orderBy('id').limit(limit).execute()
  return rows.map((row) => row.id)
}
