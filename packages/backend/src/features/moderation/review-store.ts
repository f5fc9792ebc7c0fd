import type { DbReader, Tx } from '#db/schema.ts'
import type { DecisionsTable } from './tables.ts'

const MAX_RESULTS = 500

/** Decisions that undid everything of a rider or a network, newest first. */
export async function readUndos(db: DbReader): Promise<DecisionsTable[]> {
  return db
    .selectFrom('decisions')
    .selectAll()
    .where('verdict', '=', 'undone')
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(MAX_RESULTS)
    .execute()
}

export async function insertDecision(tx: Tx, decision: DecisionsTable): Promise<void> {
  await tx.insertInto('decisions').values(decision).execute()
}

/** Keeps the decisions on a rider who was erased, under another id. */
export async function unlinkDecisions(tx: Tx, riderId: string, newId: string): Promise<void> {
  await tx
    .updateTable('decisions')
    .set({ subject: `rider:${newId}` })
    .where('subject', '=', `rider:${riderId}`)
    .execute()
}

export async function readDecisionsOn(db: DbReader, subject: string): Promise<DecisionsTable[]> {
  return db.selectFrom('decisions').selectAll().where('subject', '=', subject).orderBy('at').orderBy('id').execute()
}
