import { isTransient } from './engine.ts'
import type { Cursors } from './event-reader.ts'
import type { Database } from './open-database.ts'

const HEARTBEAT_EVERY_MS = 60_000

/** The registration of a process that reads the events: events that it has not read are not pruned. */
export type EventConsumer = {
  /** Registers. Call before the first read: from then on no unread events are pruned. */
  join(): Promise<void>
  /**
   * Stores the heartbeat and the cursors once a minute. Returns false if the process was considered dead meanwhile and
   * events may have been pruned; it is registered again, and must reload everything.
   */
  keepUp(cursors: Cursors): Promise<boolean>
  leave(): Promise<void>
}

/** Creates the registration of a process. `id`: unique per process. `now`: a clock in epoch milliseconds. */
export function createEventConsumer(
  { db, engine }: Pick<Database, 'db' | 'engine'>,
  id: string,
  now: () => number,
): EventConsumer {
  let heartbeatAt = Number.NEGATIVE_INFINITY

  async function join(): Promise<void> {
    const row = { id, heartbeat: 1, cursors: '{}', judged_heartbeat: 0, judged_at: 0 }
    await engine.ignoringDuplicates(db.insertInto('event_consumers').values(row)).execute()
  }

  return {
    join,
    async keepUp(cursors) {
      // After the clock was set back, this stores too often, never too late.
      if (Math.abs(now() - heartbeatAt) < HEARTBEAT_EVERY_MS) return true
      heartbeatAt = now()
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
        // Events can still be read. Nothing can be pruned while writes fail, and if the process is considered dead all
        // the same, the next heartbeat detects it.
        if (engine.isFull(error) || isTransient(engine, error)) return true
        throw error
      }
    },
    async leave() {
      await db.deleteFrom('event_consumers').where('id', '=', id).execute()
    },
  }
}
