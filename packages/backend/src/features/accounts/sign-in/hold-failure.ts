import type { Db } from '#db/schema.ts'
import { uptime } from '#platform/clock.ts'
import { sleep } from '#platform/sleep.ts'
import { hasOpenPeople } from '../predecessor/person-store.ts'

/** More than verifying a bcrypt hash with a cost of 12 takes, the highest one that an import takes over. */
const FAILURE_MS = 500

/**
 * Makes all failed sign-ins take the same time while people of the predecessor have hashes of another algorithm, whose time would
 * tell who they are. `startedAt`: of the attempt, by `uptime`.
 */
export async function holdFailure(db: Db, startedAt: number): Promise<void> {
  if (await hasOpenPeople(db)) await sleep(Math.max(0, startedAt + FAILURE_MS - uptime()))
}
