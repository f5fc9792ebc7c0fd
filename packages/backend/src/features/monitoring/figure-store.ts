import { chunks } from '#db/chunks.ts'
import type { Db, DbReader } from '#db/schema.ts'
import type { Figure } from '#platform/minute-figures.ts'
import type { MinuteFiguresTable } from './tables.ts'

export async function insertFigures(db: Db, rows: readonly MinuteFiguresTable[]): Promise<void> {
  for (const run of chunks(rows)) await db.insertInto('minute_figures').values(run).execute()
}

/** Figures of the minutes in [from, until), ordered by time. `kind`: only figures of this kind. */
export async function readFigureRows(
  db: DbReader,
  from: number,
  until: number,
  kind: Figure['kind'] | null,
): Promise<MinuteFiguresTable[]> {
  let query = db.selectFrom('minute_figures').selectAll().where('minute', '>=', from).where('minute', '<', until)
  if (kind !== null) query = query.where('kind', '=', kind)
  return query.orderBy('minute').execute()
}

export async function deleteFiguresBefore(db: Db, minute: number): Promise<void> {
  await db.deleteFrom('minute_figures').where('minute', '<', minute).execute()
}
