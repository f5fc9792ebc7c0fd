import type { Database } from '#db/open-database.ts'
import type { Tx } from '#db/schema.ts'
import { readValidators } from '#feeds/fetch/fetch-channel.ts'
import type { Validators } from '../fetch/fetch-feed.ts'
import { forgetValidators, noteAttempt, readChannel, type Outcome } from './channel-store.ts'

/** Takes note of how an attempt to fetch a feed's zones ended; `now` in epoch milliseconds. */
export async function noteStatic(database: Database, feedId: string, outcome: Outcome, now: number): Promise<void> {
  await noteAttempt(database, feedId, 'static', outcome, now)
}

/** What was said of the version of a feed's zones that was imported last. */
export async function staticValidators({ db }: Database, feedId: string): Promise<Validators> {
  const channel = await readChannel(db, feedId, 'static')
  return readValidators(channel?.validators)
}

/** Forgets the version that was imported last: the next fetch takes whatever comes. */
export async function forgetStatic(tx: Tx, feedId: string): Promise<void> {
  await forgetValidators(tx, feedId, 'static')
}
