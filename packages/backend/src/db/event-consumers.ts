import { isPassing } from './engine.ts'
import type { Cursors } from './event-reader.ts'
import type { Database } from './open-database.ts'

const BEAT_EVERY_MS = 60_000

/** A process that follows the events, as the others know it: what it has not read yet is kept for it. */
export type Reader = {
  /** From here on nothing more is thrown away. Before the first read. */
  join(): Promise<void>
  /**
   * Tells once a minute how far it has read. False where it was taken for dead meanwhile, so that it may have missed events; it
   * has joined anew, and what it holds must be read again.
   */
  keepUp(cursors: Cursors): Promise<boolean>
  leave(): Promise<void>
}

export function createReader({ db, engine }: Pick<Database, 'db' | 'engine'>, id: string, now: () => number): Reader {
  let toldAt = Number.NEGATIVE_INFINITY

  async function join(): Promise<void> {
    const row = { id, heartbeat: 1, cursors: '{}', judged_heartbeat: 0, judged_at: 0 }
    await engine.ignoringDuplicates(db.insertInto('event_consumers').values(row)).execute()
  }

  return {
    join,
    async keepUp(cursors) {
      // A clock that was set back tells too often, and never too late.
      if (Math.abs(now() - toldAt) < BEAT_EVERY_MS) return true
      toldAt = now()
      try {
        const { numUpdatedRows } = await db
          .updateTable('event_consumers')
          .set(({ eb }) => ({
            heartbeat: eb('heartbeat', '+', 1),
            cursors: JSON.stringify(Object.fromEntries(cursors)),
          }))
          .where('id', '=', id)
          .executeTakeFirstOrThrow()
        if (numUpdatedRows > 0n) return true
        await join()
        return false
      } catch (error) {
        // What cannot be written down can still be read. Others cannot throw anything away meanwhile, and who is taken for
        // dead all the same hears of it with the next heartbeat.
        if (engine.isFull(error) || isPassing(engine, error)) return true
        throw error
      }
    },
    async leave() {
      await db.deleteFrom('event_consumers').where('id', '=', id).execute()
    },
  }
}
