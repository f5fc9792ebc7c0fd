import type { DbReader } from '#db/schema.ts'
import { readDecisionsOn } from './review-store.ts'
import type { DecisionsTable } from './tables.ts'

export { unlinkDecisions } from './review-store.ts'

export async function readDecisionsOnRider(db: DbReader, riderId: string): Promise<DecisionsTable[]> {
  return readDecisionsOn(db, `rider:${riderId}`)
}
