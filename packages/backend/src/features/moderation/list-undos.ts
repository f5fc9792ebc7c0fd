import type { Db } from '#db/schema.ts'
import { readUndos } from './review-store.ts'

/** An undo of everything that a rider or a network contributed. */
export type ListedUndo = {
  /** `rider:ID` or `network:ID`. */
  readonly id: string
  readonly by: string
  readonly reason: string | null
  /** Epoch milliseconds. */
  readonly at: number
}

/** All such undos, newest first. */
export async function listUndos({ db }: { db: Db }): Promise<ListedUndo[]> {
  const undos = await readUndos(db)
  return undos.map(({ subject, decided_by, reason, at }) => ({ id: subject, by: decided_by, reason, at }))
}
