import { DomainError, type ReadingRow } from '@kickstand/domain'
import type { FetchDeps } from './fetch/fetch-feed.ts'
import { fetchChannel, readValidators, type FetchedSide } from './fetch/fetch-channel.ts'
import { limitsOf } from './fetch-rule.ts'
import type { FeedSetup } from './find-feeds.ts'
import { noteAttempt, readChannel } from './health/channel-store.ts'
import { openLive } from './open-live.ts'
import { takeReadings, type ReadingToTake, type TakeReadingsDeps } from './readings/take-readings.ts'
import { toReading } from './readings/to-reading.ts'
import type { Db } from '#db/schema.ts'
import type { Database } from '#db/open-database.ts'

const BATCH = 1000
/** Faults that are kept for a person to read. */
const MOST_FAULTS = 1000

export type RunLiveDeps = TakeReadingsDeps &
  FetchDeps & {
    readonly database: Database
    /** Secrets by the names that profiles call them by. */
    readonly secrets: Readonly<Record<string, string>>
  }

/** What a run of live figures did. */
export type LiveReport = {
  readonly feedId: string
  readonly changed: boolean
  /** Zones that the feed spoke of. */
  readonly zones: number
  readonly taken: number
  readonly repeated: number
  /** Of them, those that no zone here is called by. */
  readonly unknown: number
  /** Zones that are shut, of which the feed does not know, that are not known here, or without figures for motorcycles. */
  readonly silent: number
  readonly rejected: number
  readonly impossible: number
  /** The newest time that it spoke of, epoch milliseconds; null where it spoke of none. */
  readonly newestAt: number | null
  readonly faults: readonly { readonly where: string; readonly reason: string }[]
}

type Tally = { -readonly [K in keyof LiveReport]: LiveReport[K] } & { faults: { where: string; reason: string }[] }

/**
 * Fetches a feed's live figures and takes them, as those that are sent are taken. With `dryRun` nothing is
 * written and nothing noted. Throws `feed-failed`, `unreadable-file`; what failed is noted in the
 * feed's health.
 */
export async function runLive(
  deps: RunLiveDeps,
  feed: FeedSetup,
  options: { readonly dryRun?: boolean; readonly signal?: AbortSignal } = {},
): Promise<LiveReport> {
  const { db } = deps.database
  const feedId = feed.profile.id
  const now = deps.clock()
  const isNoted = options.dryRun !== true
  try {
    const fetched = await fetchLive(deps, feed, db, options)
    if (fetched === null) {
      if (isNoted) await noteAttempt(deps.database, feedId, 'live', { unchanged: true }, now)
      return { ...newTally(feedId), changed: false }
    }
    try {
      const report = await readPages(deps, feed, fetched, now, isNoted)
      if (isNoted) await noteAttempt(deps.database, feedId, 'live', outcomeOf(report, fetched), now)
      return report
    } finally {
      await fetched.close()
    }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    if (isNoted) await noteAttempt(deps.database, feedId, 'live', { failed: message }, now)
    throw error
  }
}

async function fetchLive(
  deps: RunLiveDeps,
  { profile, folder }: FeedSetup,
  db: Db,
  { dryRun, signal }: { readonly dryRun?: boolean; readonly signal?: AbortSignal },
): Promise<FetchedSide | null> {
  if (profile.live?.address === undefined) {
    throw new DomainError('feed-failed', `The profile "${profile.id}" has no address for live figures ("live").`)
  }
  // A trial wants to see what there is, whether it changed or not.
  const channel = dryRun === true ? undefined : await readChannel(db, profile.id, 'live')
  return fetchChannel(deps, {
    channel: 'live',
    rule: profile.live,
    folder,
    validators: readValidators(channel?.validators),
    secrets: deps.secrets,
    ...(signal === undefined ? {} : { signal }),
  })
}

function newTally(feedId: string): Tally {
  const none = { zones: 0, unknown: 0, taken: 0, repeated: 0, silent: 0, rejected: 0, impossible: 0 }
  return { feedId, changed: true, ...none, newestAt: null, faults: [] }
}

async function readPages(
  deps: RunLiveDeps,
  { profile }: FeedSetup,
  fetched: FetchedSide,
  now: number,
  isTaken: boolean,
): Promise<LiveReport> {
  const tally = newTally(profile.id)
  let batch: ReadingToTake[] = []
  const take = async (): Promise<void> => {
    if (batch.length > 0 && isTaken) {
      const { body, impossible, unknown } = await takeReadings(deps, profile.id, batch)
      tally.taken += body.taken
      tally.repeated += body.repeated
      tally.impossible += impossible
      // Feeds also tell of what has no zone: car parks as a whole, spaces for others.
      tally.silent += unknown
      tally.unknown += unknown
      for (const { pointer, message } of body.errors.slice(0, body.refused - unknown)) note(tally, pointer, message)
    } else tally.taken += batch.length
    batch = []
  }
  const maxBytes = limitsOf(profile.live ?? {}, 'live').bytes
  for await (const { file, isSmall } of fetched.pages()) {
    let rows = 0
    for await (const row of await openLive(file, profile, maxBytes)) {
      if (!('end' in row)) rows += 1
      const reading = readRow(row, tally, now)
      if (reading === null) continue
      batch.push(reading)
      if (batch.length === BATCH) await take()
    }
    if (rows === 0 && isSmall) break
  }
  await take()
  return tally
}

function note(tally: Tally, where: string, reason: string): void {
  tally.rejected += 1
  if (tally.faults.length < MOST_FAULTS) tally.faults.push({ where, reason })
}

function readRow(row: ReadingRow, tally: Tally, now: number): ReadingToTake | null {
  if ('rejected' in row) note(tally, row.rejected.where, row.rejected.reason)
  else if ('leftOut' in row) tally.silent += 1
  else if ('end' in row) {
    if (!row.end.complete) note(tally, 'end', row.end.note ?? 'the file breaks off')
  } else {
    tally.zones += 1
    const reading = toReading(row.reading, now)
    if (reading === null) tally.silent += 1
    // Times in the future are rejected later. Counted here, they would make the feed look fresh until then.
    else if (reading.at <= now) tally.newestAt = Math.max(tally.newestAt ?? 0, reading.at)
    return reading
  }
  return null
}

function outcomeOf(report: LiveReport, { validators }: FetchedSide): Parameters<typeof noteAttempt>[3] {
  const [first] = report.faults
  // Nothing in it could be read: most likely it is an error page, or the feed has another form now.
  if (report.zones === 0) return { failed: first === undefined ? 'The feed speaks of no zone.' : first.reason }
  if (report.unknown > 0 && report.taken + report.repeated === 0) {
    return { failed: 'The feed speaks of no zone that is known here; are its zones ("static") imported?' }
  }
  if (report.rejected > 0 && report.taken + report.repeated === 0) {
    const why = first === undefined ? '' : ` First rejection: ${first.where}: ${first.reason}`
    return { failed: `All readings of the feed were rejected.${why}` }
  }
  return {
    taken: report.taken,
    rejected: report.rejected,
    impossible: report.impossible,
    zones: report.zones,
    newestAt: report.newestAt,
    error: first === undefined ? null : `${first.where}: ${first.reason}`,
    validators: JSON.stringify(validators),
  }
}
