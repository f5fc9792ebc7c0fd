import type { Engine } from '#db/engine.ts'
import type { Db, DbReader, Tx } from '#db/schema.ts'
import type { FeedChannelsTable } from '#features/feeds/tables.ts'

export type FeedChannel = FeedChannelsTable['channel']

const MAX_ERROR_LENGTH = 500
/** A feed that shrank is reported for a week; then its new size becomes the reference. */
const LOSS_WINDOW_MS = 7 * 24 * 60 * 60_000
/** Share of a feed's zones below which it counts as shrunk. */
const MIN_KEPT_SHARE = 0.8

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
 * Locks the live channel of a feed until the transaction ends: the last readings of its sensors are read and replaced
 * in it.
 */
export async function lockLive(tx: Tx, engine: Engine, feedId: string, now: number): Promise<void> {
  await engine.ignoringDuplicates(tx.insertInto('feed_channels').values(emptyChannel(feedId, 'live', now))).execute()
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

/** Records a batch of readings in the transaction that stores it. The row of the channel must exist (`lockLive`). */
export async function recordLiveBatch(tx: Tx, feedId: string, batch: BatchFigures, now: number): Promise<void> {
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
      error: first === undefined ? null : `${first.pointer} ${first.message}`.slice(0, MAX_ERROR_LENGTH),
      ...(isUseful ? { succeeded_at: now } : {}),
      ...(batch.newestAt > 0 ? { newest_at: Math.max(before?.newest_at ?? 0, batch.newestAt) } : {}),
      ...(batch.taken > 0 ? { frozen_at: batch.isFrozen ? (before?.frozen_at ?? now) : null } : {}),
    })
    .where('feed_id', '=', feedId)
    .where('channel', '=', 'live')
    .execute()
}

/** The outcome of a fetch of a channel. */
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

/** Records the outcome of a fetch of a channel. */
export async function recordAttempt(
  { db, engine }: { db: Db; engine: Engine },
  feedId: string,
  channel: FeedChannel,
  outcome: Outcome,
  now: number,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const before = (await readChannel(tx, feedId, channel)) ?? emptyChannel(feedId, channel, now)
    await engine.ignoringDuplicates(tx.insertInto('feed_channels').values(emptyChannel(feedId, channel, now))).execute()
    await tx
      .updateTable('feed_channels')
      .set(afterAttempt(before, outcome, now))
      .where('feed_id', '=', feedId)
      .where('channel', '=', channel)
      .execute()
  })
}

/** Clears the validators, so that the next fetch is unconditional. */
export async function clearValidators(tx: Tx, feedId: string, channel: FeedChannel): Promise<void> {
  await tx
    .updateTable('feed_channels')
    .set({ validators: '{}' })
    .where('feed_id', '=', feedId)
    .where('channel', '=', channel)
    .execute()
}

function emptyChannel(feedId: string, channel: FeedChannel, now: number): FeedChannelsTable {
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
    return { attempted_at: now, failures: before.failures + 1, error: outcome.failed.slice(0, MAX_ERROR_LENGTH) }
  }
  const success = { attempted_at: now, succeeded_at: now, failures: 0 }
  if ('unchanged' in outcome) return { ...success, error: null }
  const hasShrunk = outcome.zones < MIN_KEPT_SHARE * before.zones
  const lostAt = hasShrunk ? (before.lost_at ?? now) : null
  const isNewReference = lostAt !== null && now - lostAt > LOSS_WINDOW_MS
  return {
    ...success,
    error: outcome.error === null ? null : outcome.error.slice(0, MAX_ERROR_LENGTH),
    ...(outcome.newestAt === null ? {} : { newest_at: Math.max(before.newest_at ?? 0, outcome.newestAt) }),
    rows_taken: outcome.taken,
    rows_rejected: outcome.rejected,
    rows_impossible: outcome.impossible,
    zones: lostAt === null || isNewReference ? outcome.zones : before.zones,
    lost_at: isNewReference ? null : lostAt,
    validators: outcome.validators,
  }
}
