import type { Database } from '#db/open-database.ts'

/**
 * The secret of that name, which all servers on this database share. The first to ask stores `fresh`; what is hashed with it
 * stays comparable for as long as the database lives.
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
