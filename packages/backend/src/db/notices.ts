import type { Database } from './open-database.ts'

/** Keeps what a server has noticed under a name, in place of what was noticed before, for `doctor` to tell. */
export async function keepNotice(
  { db, engine }: Pick<Database, 'db' | 'engine'>,
  name: string,
  detail: string,
  at: number,
): Promise<void> {
  await engine.ignoringDuplicates(db.insertInto('notices').values({ name, at, detail })).execute()
  await db.updateTable('notices').set({ at, detail }).where('name', '=', name).execute()
}
