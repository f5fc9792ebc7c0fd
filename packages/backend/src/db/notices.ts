import type { Database } from './open-database.ts'

/** Stores a notice for `doctor` to show, replacing an earlier one of the same name. */
export async function upsertNotice(
  { db, engine }: Pick<Database, 'db' | 'engine'>,
  name: string,
  detail: string,
  at: number,
): Promise<void> {
  await engine.ignoringDuplicates(db.insertInto('notices').values({ name, at, detail })).execute()
  await db.updateTable('notices').set({ at, detail }).where('name', '=', name).execute()
}
