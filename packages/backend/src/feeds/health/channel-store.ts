import type { Engine } from '#db/engine.ts'
import type { Db, DbReader, FeedChannelsTable, Tx } from '#db/schema.ts'

export type FeedChannel = FeedChannelsTable['channel']

const ERROR_LENGTH = 500
/** A feed that stays small is small: after a week the loss is the new measure. */
const LOSS_REMEMBERED = 7 * 24 * 60 * 60_000
/** What must still be there of a feed's zones. */
const KEPT_SHARE = 0.8

export async function readChannels(db: DbReader): Promise<FeedChannelsTable[]> {
  return db.selectFrom('feed_channels').selectAll().orderBy('feed_id').orderBy('channel').execute()
}

export async function readChannel(
  db: DbReader,
  feedId: string,
  channel: FeedChannel,
): Promise<FeedChannelsTable | undefined> {
  return db
    .selectFrom('feed_channels')
    .selectAll()
    .where('feed_id', '=', feedId)
    .where('channel', '=', channel)
    .executeTakeFirst()
}

/**
 * Makes this transaction the only one that takes readings of a feed, until it ends: what a sensor said last is looked at and
 * replaced in it.
 */
export async function lockLive(tx: Tx, engine: Engine, feedId: string, now: number): Promise<void> {
  await engine.ignoringDuplicates(tx.insertInto('feed_channels').values(blank(feedId, 'live', now))).execute()
  await tx
    .updateTable('feed_channels')
    .set({ attempted_at: now })
    .where('feed_id', '=', feedId)
    .where('channel', '=', 'live')
    .execute()
}

type BatchFigures = {
  readonly taken: number
  readonly repeated: number
  readonly impossible: number
  readonly newestAt: number
  readonly isFrozen: boolean
  readonly errors: readonly { readonly pointer: string; readonly message: string }[]
  readonly unknown: readonly { readonly pointer: string; readonly message: string }[]
}

/** Takes note of a batch of readings, in the transaction that stores it; the channel's row is there. */
export async function noteLiveBatch(tx: Tx, feedId: string, batch: BatchFigures, now: number): Promise<void> {
  const isUseful = batch.taken + batch.repeated > 0
  const faults = [...batch.errors, ...batch.unknown]
  const [first] = faults
  const before = await readChannel(tx, feedId, 'live')
  await tx
    .updateTable('feed_channels')
    .set({
      rows_taken: batch.taken,
      rows_rejected: faults.length,
      rows_impossible: batch.impossible,
      failures: isUseful ? 0 : (before?.failures ?? 0) + 1,
      error: first === undefined ? null : `${first.pointer} ${first.message}`.slice(0, ERROR_LENGTH),
      ...(isUseful ? { succeeded_at: now } : {}),
      ...(batch.newestAt > 0 ? { newest_at: Math.max(before?.newest_at ?? 0, batch.newestAt) } : {}),
      ...(batch.taken > 0 ? { frozen_at: batch.isFrozen ? (before?.frozen_at ?? now) : null } : {}),
    })
    .where('feed_id', '=', feedId)
    .where('channel', '=', 'live')
    .execute()
}

/** How an attempt to fetch a channel ended. */
export type Outcome =
  | { readonly failed: string }
  | { readonly unchanged: true }
  | {
      readonly taken: number
      readonly rejected: number
      readonly impossible: number
      readonly zones: number
      readonly newestAt: number | null
      readonly error: string | null
      readonly validators: string
    }

/** Takes note of how an attempt to fetch a channel ended. */
export async function noteAttempt(
  { db, engine }: { db: Db; engine: Engine },
  feedId: string,
  channel: FeedChannel,
  outcome: Outcome,
  now: number,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const before = (await readChannel(tx, feedId, channel)) ?? blank(feedId, channel, now)
    await engine.ignoringDuplicates(tx.insertInto('feed_channels').values(blank(feedId, channel, now))).execute()
    await tx
      .updateTable('feed_channels')
      .set(afterAttempt(before, outcome, now))
      .where('feed_id', '=', feedId)
      .where('channel', '=', channel)
      .execute()
  })
}

export async function forgetValidators(tx: Tx, feedId: string, channel: FeedChannel): Promise<void> {
  await tx
    .updateTable('feed_channels')
    .set({ validators: '{}' })
    .where('feed_id', '=', feedId)
    .where('channel', '=', channel)
    .execute()
}

function blank(feedId: string, channel: FeedChannel, now: number): FeedChannelsTable {
  return {
    feed_id: feedId,
    channel,
    attempted_at: now,
    succeeded_at: null,
    newest_at: null,
    failures: 0,
    error: null,
    rows_taken: 0,
    rows_rejected: 0,
    rows_impossible: 0,
    zones: 0,
    lost_at: null,
    frozen_at: null,
    validators: '{}',
  }
}

function afterAttempt(before: FeedChannelsTable, outcome: Outcome, now: number): Partial<FeedChannelsTable> {
  if ('failed' in outcome) {
    return { attempted_at: now, failures: before.failures + 1, error: outcome.failed.slice(0, ERROR_LENGTH) }
  }
  const fine = { attempted_at: now, succeeded_at: now, failures: 0 }
  if ('unchanged' in outcome) return { ...fine, error: null }
  const isLess = outcome.zones < KEPT_SHARE * before.zones
  const lostAt = isLess ? (before.lost_at ?? now) : null
  const isNewMeasure = lostAt !== null && now - lostAt > LOSS_REMEMBERED
  return {
    ...fine,
    error: outcome.error === null ? null : outcome.error.slice(0, ERROR_LENGTH),
    ...(outcome.newestAt === null ? {} : { newest_at: Math.max(before.newest_at ?? 0, outcome.newestAt) }),
    rows_taken: outcome.taken,
    rows_rejected: outcome.rejected,
    rows_impossible: outcome.impossible,
    zones: lostAt === null || isNewMeasure ? outcome.zones : before.zones,
    lost_at: isNewMeasure ? null : lostAt,
    validators: outcome.validators,
  }
}
