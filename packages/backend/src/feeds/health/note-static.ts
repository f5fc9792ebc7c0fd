import type { Database } from '#db/open-database.ts'
import type { Tx } from '#db/schema.ts'
import { readValidators } from '../fetch/fetch-side.ts'
import type { Validators } from '../fetch/fetch-feed.ts'
import { forgetValidators, noteAttempt, readSide, type Outcome } from './side-store.ts'

/** Takes note of how an attempt to fetch a feed's zones ended; `now` in epoch milliseconds. */
export async function noteStatic(database: Database, feedId: string, outcome: Outcome, now: number): Promise<void> {
  await noteAttempt(database, feedId, 'static', outcome, now)
}

/** What was said of the version of a feed's zones that was imported last. */
export async function staticValidators({ db }: Database, feedId: string): Promise<Validators> {
  const side = await readSide(db, feedId, 'static')
  return readValidators(side?.validators)
}

/** Forgets the version that was imported last: the next fetch takes whatever comes. */
export async function forgetStatic(tx: Tx, feedId: string): Promise<void> {
  await forgetValidators(tx, feedId, 'static')
}
