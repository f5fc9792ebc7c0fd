import type { Db } from '#db/schema.ts'
import { uptime } from '#platform/clock.ts'
import { sleep } from '#platform/sleep.ts'
import { hasOpenPeople } from '../predecessor/person-store.ts'

/** Longer than it takes to verify a bcrypt hash of cost 12, the highest cost that an import accepts. */
const FAILURE_MS = 500

/**
 * Makes all failed sign-ins take the same time while accounts with bcrypt hashes of the predecessor exist. Otherwise the
 * response time would reveal these accounts. `startedAt`: start of the attempt, in the unit of `uptime`.
 */
export async function holdFailure(db: Db, startedAt: number): Promise<void> {
  if (await hasOpenPeople(db)) await sleep(Math.max(0, startedAt + FAILURE_MS - uptime()))
}
