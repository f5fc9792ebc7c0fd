import type { Database } from '#db/open-database.ts'
import type { Tx } from '#db/schema.ts'
import { readValidators } from '#features/feeds/fetch/fetch-channel.ts'
import type { Validators } from '#features/feeds/fetch/fetch-feed.ts'
import { clearValidators, recordAttempt, readChannel, type Outcome } from './channel-store.ts'

/** Records the outcome of a fetch of a feed's zones; `now` in epoch milliseconds. */
export async function recordStaticFetch(
  database: Database,
  feedId: string,
  outcome: Outcome,
  now: number,
): Promise<void> {
  await recordAttempt(database, feedId, 'static', outcome, now)
}

/** Validators of the zones that were imported last. */
export async function staticValidators({ db }: Database, feedId: string): Promise<Validators> {
  const channel = await readChannel(db, feedId, 'static')
  return readValidators(channel?.validators)
}

/** Clears the validators, so that the next fetch is unconditional. */
export async function clearStaticValidators(tx: Tx, feedId: string): Promise<void> {
  await clearValidators(tx, feedId, 'static')
}
