import { pruneEvents } from '#db/prune-events.ts'
import type { Job } from '#jobs/job-loop.ts'
import type { Context } from './context.ts'

const TEN_MINUTES = 10 * 60_000

/** Keeps the events short: see `pruneEvents`. */
export function createEventJob({ database, clock }: Pick<Context, 'database' | 'clock'>): Job {
  return {
    name: 'events',
    next: (time) => time + TEN_MINUTES,
    async run() {
      await pruneEvents(database, clock())
    },
  }
}
