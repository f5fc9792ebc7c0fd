import { sql } from 'kysely'
import type { Tx } from '#db/schema.ts'

/** Returns false if the scope has no row yet. */
export async function raiseRightsVersion(tx: Tx, scope: string): Promise<boolean> {
  const done = await tx
    .updateTable('rights_versions')
    .set({ version: sql<number>`version + 1` })
    .where('scope', '=', scope)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

/** Fails with a duplicate key if another transaction has just inserted it. */
export async function insertRightsVersion(tx: Tx, scope: string): Promise<void> {
  await tx.insertInto('rights_versions').values({ scope, version: 1 }).execute()
}
