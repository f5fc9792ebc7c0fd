import type { Database } from '#db/open-database.ts'

/**
 * Reads the secret of that name, which all servers on this database share. The first call stores `fresh`. It never
 * changes, so hashes made with it stay comparable.
 */
export async function readOrMakeSecret(
  { db, engine }: Pick<Database, 'db' | 'engine'>,
  name: string,
  fresh: string,
): Promise<string> {
  await engine.ignoringDuplicates(db.insertInto('secrets').values({ name, value: fresh })).execute()
  const { value } = await db.selectFrom('secrets').select('value').where('name', '=', name).executeTakeFirstOrThrow()
  return value
}
