import type { Db } from '#db/schema.ts'
import { readUndos } from './review-store.ts'

/** One time that everything of a rider or a network was taken back. */
export type ListedUndo = {
  /** `rider:ID` or `network:ID`. */
  readonly id: string
  readonly by: string
  readonly reason: string | null
  /** Epoch milliseconds. */
  readonly at: number
}

/** Everything that was taken back at once, the newest first. */
export async function listUndos({ db }: { db: Db }): Promise<ListedUndo[]> {
  const undos = await readUndos(db)
  return undos.map(({ subject, decided_by, reason, at }) => ({ id: subject, by: decided_by, reason, at }))
}
