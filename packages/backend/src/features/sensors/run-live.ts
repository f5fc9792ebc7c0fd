import { DomainError, type ReadingRow } from '@kickstand/domain'
import { type FetchDeps, fetchChannel, type FetchedChannel, limitsOf, readLive } from '@kickstand/ingest'
import type { Database } from '#db/open-database.ts'
import { recordAttempt, validatorsOf, type Outcome } from '#features/feeds/channel-records.ts'
import type { FeedSetup } from '#features/feeds/find-feeds.ts'
import { ingestReadings, type IncomingReading, type IngestReadingsDeps } from './ingest-readings.ts'
import { toReading } from './to-reading.ts'

const BATCH = 1000
/** Faults that are kept for the report. */
const MAX_FAULTS = 1000

export type RunLiveDeps = IngestReadingsDeps &
  FetchDeps & {
    readonly database: Database
    /** Secrets, by the names that profiles use. */
    readonly secrets: Readonly<Record<string, string>>
  }

/** The result of fetching live figures. */
export type LiveReport = {
  readonly feedId: string
  readonly changed: boolean
  /** Readings in the response. */
  readonly zones: number
  readonly taken: number
  readonly repeated: number
  /** Readings of unknown zones. */
  readonly unknown: number
  /** Readings without effect: closed zones, zones unknown to the feed or here, and rows without motorcycle figures. */
  readonly silent: number
  readonly rejected: number
  readonly impossible: number
  /** The newest reading's time in epoch milliseconds; null for none. */
  readonly newestAt: number | null
  readonly faults: readonly { readonly where: string; readonly reason: string }[]
}

type Tally = { -readonly [K in keyof LiveReport]: LiveReport[K] } & { faults: { where: string; reason: string }[] }

/**
 * Fetches a feed's live figures and ingests them like pushed readings. With `dryRun` nothing is written or recorded.
 * Throws `feed-failed`, `unreadable-file`; failures are recorded in the feed's health.
 */
export async function runLive(
  deps: RunLiveDeps,
  feed: FeedSetup,
  options: { readonly dryRun?: boolean; readonly signal?: AbortSignal } = {},
): Promise<LiveReport> {
  const feedId = feed.profile.id
  const now = deps.clock()
  const isNoted = options.dryRun !== true
  try {
    const fetched = await fetchLive(deps, feed, options)
    if (fetched === null) {
      if (isNoted) await recordAttempt(deps.database, feedId, 'live', { unchanged: true }, now)
      return { ...newTally(feedId), changed: false }
    }
    try {
      const report = await readPages(deps, feed, fetched, now, isNoted)
      if (isNoted) await recordAttempt(deps.database, feedId, 'live', outcomeOf(report, fetched), now)
      return report
    } finally {
      await fetched.close()
    }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    if (isNoted) await recordAttempt(deps.database, feedId, 'live', { failed: message }, now)
    throw error
  }
}

async function fetchLive(
  deps: RunLiveDeps,
  { profile, folder }: FeedSetup,
  { dryRun, signal }: { readonly dryRun?: boolean; readonly signal?: AbortSignal },
): Promise<FetchedChannel | null> {
  if (profile.live?.address === undefined) {
    throw new DomainError('feed-failed', `The profile "${profile.id}" has no address for live figures ("live").`)
  }
  return fetchChannel(deps, {
    channel: 'live',
    rule: profile.live,
    folder,
    // A dry run shows the figures even if they have not changed.
    validators:
      dryRun === true ? { etag: null, lastModified: null } : await validatorsOf(deps.database, profile.id, 'live'),
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
  fetched: FetchedChannel,
  now: number,
  isTaken: boolean,
): Promise<LiveReport> {
  const tally = newTally(profile.id)
  let batch: IncomingReading[] = []
  const take = async (): Promise<void> => {
    if (batch.length > 0 && isTaken) {
      const { body, impossible, unknown } = await ingestReadings(deps, profile.id, batch)
      tally.taken += body.taken
      tally.repeated += body.repeated
      tally.impossible += impossible
      // Feeds also contain refs without a zone here: totals of car parks, spaces for other vehicles.
      tally.silent += unknown
      tally.unknown += unknown
      for (const { pointer, message } of body.errors.slice(0, body.rejected - unknown)) note(tally, pointer, message)
    } else tally.taken += batch.length
    batch = []
  }
  const maxBytes = limitsOf(profile.live ?? {}, 'live').bytes
  for await (const { file, isSmall } of fetched.pages()) {
    let rows = 0
    const response = await readLive({ file, profile, sourceId: null, profiles: '', maxBytes })
    for await (const row of response.readings()) {
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
  if (tally.faults.length < MAX_FAULTS) tally.faults.push({ where, reason })
}

function readRow(row: ReadingRow, tally: Tally, now: number): IncomingReading | null {
  if ('rejected' in row) note(tally, row.rejected.where, row.rejected.reason)
  else if ('leftOut' in row) tally.silent += 1
  else if ('end' in row) {
    if (!row.end.complete) note(tally, 'end', row.end.note ?? 'the file is truncated')
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

function outcomeOf(report: LiveReport, { validators }: FetchedChannel): Outcome {
  const [first] = report.faults
  // No readable row: most likely an error page, or a changed format.
  if (report.zones === 0)
    return {
      failed:
        first === undefined ? 'The response has no readings. Check its format against the profile.' : first.reason,
    }
  if (report.unknown > 0 && report.taken + report.repeated === 0) {
    return { failed: 'None of the readings is of a known zone. Import the zones of the feed first ("static").' }
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
