import type { FeedHealthBody } from '@kickstand/contract'
import { DomainError } from '@kickstand/domain'
import type { Actor } from '#audit/actor.ts'
import type { EventLog } from '#db/event-log.ts'
import type { Database } from '#db/open-database.ts'
import { findFeed, findFeeds, channelsOf, type FeedSetup } from '#features/feeds/find-feeds.ts'
import { readFeedHealth } from '#features/sources/feed-health.ts'
import { readSensors } from '#features/sensors/sensor-store.ts'
import { runLive, type LiveReport, type RunLiveDeps } from '#features/sensors/run-live.ts'
import { systemClock } from '#platform/clock.ts'
import type { Config } from '#platform/config.ts'
import { newId } from '#platform/ids.ts'
import { random } from '#platform/random.ts'
import { sleep } from '#platform/sleep.ts'
import type { ImportReport } from '#features/zones/import-report.ts'
import { runStatic, type RunStaticDeps } from '#features/zones/run-static.ts'

// The feed commands of the CLI, without a running service.

export type FeedsDeps = { readonly config: Config; readonly database: Database; readonly eventLog: EventLog }
/** `actor`: who runs them, for the audit log. */
export type RunFeedsDeps = FeedsDeps & { readonly actor: Actor }

/** Results of the channels of a feed; null for a channel that has no address or did not change. */
export type FeedRun = {
  readonly feedId: string
  readonly static: ImportReport | null
  readonly live: LiveReport | null
  /** Channels without changes since the last run. */
  readonly unchanged: readonly ('static' | 'live')[]
  /** Channels that failed, with the reason. The other channel ran anyway. */
  readonly failed: readonly { readonly channel: 'static' | 'live'; readonly reason: string }[]
}

export type RunFeedOptions = {
  /** Only this channel. */
  readonly channel?: 'static' | 'live'
  /** Read in place of the address of `channel`. */
  readonly file?: string
}

/**
 * Runs feeds now: the named one (a profile by name or file), or all enabled ones. Throws `unknown-profile`, and
 * `invalid-request` if there is nothing to run.
 */
export async function runFeed(
  deps: RunFeedsDeps,
  name: string | null,
  options: RunFeedOptions = {},
): Promise<FeedRun[]> {
  return runAll(deps, name, options, false)
}

/** Fetches and reads feeds like `runFeed`, but writes nothing. */
export async function checkFeed(
  deps: RunFeedsDeps,
  name: string | null,
  options: RunFeedOptions = {},
): Promise<FeedRun[]> {
  return runAll(deps, name, options, true)
}

async function runAll(
  deps: RunFeedsDeps,
  name: string | null,
  options: RunFeedOptions,
  dryRun: boolean,
): Promise<FeedRun[]> {
  const { config } = deps
  const feeds = name === null ? await findFeeds(config.feeds, config.profiles) : [await findFeed(name, config.profiles)]
  if (feeds.length === 0) {
    const text = 'No feed is enabled. Name one, or list them in KICKSTAND_FEEDS (feeds/README.md).'
    throw new DomainError('invalid-request', text)
  }
  const runs: FeedRun[] = []
  for (const feed of feeds) runs.push(await runOne(deps, withFile(feed, options), options, dryRun))
  return runs
}

/** The feed with a file in place of an address. */
function withFile(feed: FeedSetup, { file, channel = 'static' }: RunFeedOptions): FeedSetup {
  return file === undefined
    ? feed
    : {
        ...feed,
        profile: { ...feed.profile, [channel]: { ...feed.profile[channel], address: file, pages: undefined } },
      }
}

async function runOne(
  { config, database, eventLog, actor }: RunFeedsDeps,
  feed: FeedSetup,
  { channel: only, file }: RunFeedOptions,
  dryRun: boolean,
): Promise<FeedRun> {
  const { id } = feed.profile
  const deps: RunLiveDeps & RunStaticDeps = {
    database,
    eventLog,
    clock: systemClock,
    actor,
    newId,
    random,
    sleep,
    secrets: config.feedSecrets,
  }
  const selected = file === undefined ? only : (only ?? 'static')
  const channels = channelsOf(feed.profile).filter(({ channel }) => selected === undefined || channel === selected)
  if (channels.length === 0) {
    const text = `The profile "${id}" has no address${selected === undefined ? '' : ` for "${selected}"`}. Give it one (feeds/README.md), or name a file with --file.`
    throw new DomainError('invalid-request', text)
  }
  const run = { feedId: id, static: null, live: null, unchanged: [], failed: [] } as {
    -readonly [K in keyof FeedRun]: FeedRun[K] extends readonly (infer T)[] ? T[] : FeedRun[K]
  }
  for (const { channel } of channels) {
    try {
      if (channel === 'static') run.static = await runStatic(deps, feed, { dryRun })
      else {
        const report = await runLive(deps, feed, { dryRun })
        run.live = report.changed ? report : null
      }
      if (run[channel] === null) run.unchanged.push(channel)
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      run.failed.push({ channel, reason: error.message })
    }
  }
  return run
}

/** A feed with its health, and with its sensors if the feed is named. */
export type FeedListing = {
  readonly feedId: string
  /** Whether the service fetches it. */
  readonly isOn: boolean
  readonly health: FeedHealthBody
  readonly errors: { readonly static: string | null; readonly live: string | null }
  readonly sensors: readonly SensorListing[]
}

/** A sensor. Times in epoch milliseconds. */
export type SensorListing = {
  readonly ref: string
  readonly zoneId: string
  readonly lastAt: number | null
  readonly value: string
  readonly since: number
  readonly rejected: number
  readonly error: string | null
  readonly frozenAt: number | null
  readonly implausibleAt: number | null
}

const NEVER_RUN = { health: { static: null, live: null }, errors: { static: null, live: null } }

/** The feeds that are enabled or were ever run, with their health; with the sensors if a feed is named. */
export async function listFeeds({ config, database }: FeedsDeps, name: string | null): Promise<FeedListing[]> {
  const on = (await findFeeds(config.feeds, config.profiles)).map(({ profile }) => profile.id)
  const known = new Map((await readFeedHealth(database.db, systemClock())).map((feed) => [feed.feedId, feed]))
  const ids = [...new Set([...on, ...known.keys()])].filter((id) => name === null || id === name).toSorted()
  return Promise.all(
    ids.map(async (feedId) => {
      const { health, errors } = known.get(feedId) ?? NEVER_RUN
      const sensors = name === null ? [] : await readSensors(database.db, feedId)
      return { feedId, isOn: on.includes(feedId), health, errors, sensors: sensors.map(toListing) }
    }),
  )
}

function toListing(row: Awaited<ReturnType<typeof readSensors>>[number]): SensorListing {
  return {
    ref: row.ref,
    zoneId: row.zone_id,
    lastAt: row.last_at === 0 ? null : row.last_at,
    value: row.value,
    since: row.since_at,
    rejected: row.rejected,
    error: row.error,
    frozenAt: row.frozen_at,
    implausibleAt: row.implausible_at,
  }
}
