import { readValidators, type Validators } from '@kickstand/ingest'
import type { Database } from '#db/open-database.ts'
import { readChannel, type FeedChannel } from './channel-store.ts'

/** What other features read and record of the channels of feeds. */
export { clearValidators, lockLive, readChannels, recordAttempt, recordLiveBatch } from './channel-store.ts'
export type { Outcome } from './channel-store.ts'

/** Validators of the last successful fetch of a channel. */
export async function validatorsOf(
  { db }: Pick<Database, 'db'>,
  feedId: string,
  channel: FeedChannel,
): Promise<Validators> {
  const stored = await readChannel(db, feedId, channel)
  return readValidators(stored?.validators)
}
