import type { Engine } from './engine.ts'
import { UNFINISHED_MOVE } from './migrate.ts'
import type { DbReader, Tx } from './schema.ts'

/** Marks a database as the target of a move that has not ended: no server starts on it. */
export async function markUnfinishedMove(tx: Tx, engine: Engine, now: number): Promise<void> {
  const step = { number: UNFINISHED_MOVE, name: 'unfinished-move', applied_at: now }
  await engine.ignoringDuplicates(tx.insertInto('schema_migrations').values(step)).execute()
}

/** Removes the mark: servers may start. */
export async function unmarkUnfinishedMove(db: DbReader): Promise<void> {
  await db.deleteFrom('schema_migrations').where('number', '=', UNFINISHED_MOVE).execute()
}
