import { pruneEvents } from '#db/prune-events.ts'
import type { Job } from '#jobs/job-loop.ts'
import type { Context } from './context.ts'

const PRUNE_EVERY_MS = 10 * 60_000

/** Deletes events that all consumers have read: see `pruneEvents`. */
export function createEventJob({ database, clock }: Pick<Context, 'database' | 'clock'>): Job {
  return {
    name: 'events',
    next: (time) => time + PRUNE_EVERY_MS,
    async run() {
      await pruneEvents(database, clock())
    },
  }
}
