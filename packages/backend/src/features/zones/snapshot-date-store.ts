import { areaContains, type Area } from '@kickstand/domain'
import type { DbReader, Tx } from '#db/schema.ts'
import { newId } from '#platform/ids.ts'

/** An imported file. `area`: what it covers, null for all of its source. Times in epoch milliseconds. */
export type SnapshotDate = {
  readonly documentDate: number | null
  readonly importedAt: number
  readonly complete: boolean
  readonly area: Area | null
}

export async function readDates(db: DbReader, sourceId: string): Promise<(SnapshotDate & { readonly id: string })[]> {
  const rows = await db.selectFrom('snapshot_dates').selectAll().where('source_id', '=', sourceId).execute()
  return rows.map(({ id, document_date, imported_at, complete, west, south, east, north }) => {
    const area =
      west === null || south === null || east === null || north === null ? null : { west, south, east, north }
    return { id, documentDate: document_date, importedAt: imported_at, complete: complete === 1, area }
  })
}

/** The date stated in the newest complete file of a source that covers a place; null where it states none. */
export async function dateOfPlace(db: DbReader, sourceId: string, lat: number, lng: number): Promise<number | null> {
  const dates = await readDates(db, sourceId)
  const [newest] = dates
    .filter(({ complete, area }) => complete && (area === null || areaContains(area, lat, lng)))
    .toSorted((a, b) => b.importedAt - a.importedAt)
  return newest?.documentDate ?? null
}

/** Stores a file's date and replaces those of files whose area lies within its own. */
export async function putDate(tx: Tx, sourceId: string, date: SnapshotDate): Promise<void> {
  const former = await readDates(tx, sourceId)
  const replaced = former.filter(({ area }) => isWithin(area, date.area)).map(({ id }) => id)
  for (const id of replaced) await tx.deleteFrom('snapshot_dates').where('id', '=', id).execute()
  const { west = null, south = null, east = null, north = null } = date.area ?? {}
  await tx
    .insertInto('snapshot_dates')
    .values({
      id: newId(),
      source_id: sourceId,
      document_date: date.documentDate,
      imported_at: date.importedAt,
      complete: Number(date.complete),
      west,
      south,
      east,
      north,
    })
    .execute()
}

function isWithin(inner: Area | null, outer: Area | null): boolean {
  if (outer === null) return true
  if (inner === null || inner.west > inner.east || outer.west > outer.east) return false
  return (
    inner.west >= outer.west && inner.east <= outer.east && inner.south >= outer.south && inner.north <= outer.north
  )
}
