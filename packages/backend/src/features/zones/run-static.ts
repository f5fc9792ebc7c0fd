import { DomainError, type SnapshotRow } from '@kickstand/domain'
import {
  type FetchDeps,
  type FetchedPage,
  fetchChannel,
  type FetchedChannel,
  limitsOf,
  readFeed,
} from '@kickstand/ingest'
import type { Database } from '#db/open-database.ts'
import { recordAttempt, validatorsOf, type Outcome } from '#features/feeds/channel-records.ts'
import type { FeedSetup } from '#features/feeds/find-feeds.ts'
import type { ImportReport } from './import-report.ts'
import { importSnapshot, type ImportDeps } from './import-snapshot.ts'

export type RunStaticDeps = Omit<ImportDeps, 'db'> &
  FetchDeps & {
    readonly database: Database
    /** Secrets, by the names that profiles use. */
    readonly secrets: Readonly<Record<string, string>>
  }

/**
 * Fetches a feed's zones and imports all pages as one snapshot. Null where nothing has changed since the last fetch.
 * With `dryRun` nothing is written or recorded. Throws `feed-failed` and the errors of an import; failures are recorded
 * in the feed's health, and the known zones stay.
 */
export async function runStatic(
  deps: RunStaticDeps,
  feed: FeedSetup,
  options: { readonly dryRun?: boolean; readonly signal?: AbortSignal } = {},
): Promise<ImportReport | null> {
  const { id } = feed.profile
  const now = deps.clock()
  const isNoted = options.dryRun !== true
  const note = (outcome: Outcome): Promise<void> =>
    isNoted ? recordAttempt(deps.database, id, 'static', outcome, now) : Promise.resolve()
  try {
    const fetched = await fetchStatic(deps, feed, options)
    if (fetched === null) {
      await note({ unchanged: true })
      return null
    }
    try {
      const report = await importPages(deps, feed, fetched, options)
      await note(outcomeOf(report, fetched, now))
      return report
    } finally {
      await fetched.close()
    }
  } catch (error) {
    await note({ failed: error instanceof Error ? error.message : String(error) })
    throw error
  }
}

async function fetchStatic(
  deps: RunStaticDeps,
  { profile, folder }: FeedSetup,
  { dryRun, signal }: { readonly dryRun?: boolean; readonly signal?: AbortSignal },
): Promise<FetchedChannel | null> {
  if (profile.static?.address === undefined) {
    throw new DomainError('feed-failed', `The profile "${profile.id}" has no address for zones ("static").`)
  }
  const isDryRun = dryRun === true
  return fetchChannel(deps, {
    channel: 'static',
    rule: profile.static,
    folder,
    validators: isDryRun ? { etag: null, lastModified: null } : await validatorsOf(deps.database, profile.id, 'static'),
    secrets: deps.secrets,
    ...(signal === undefined ? {} : { signal }),
  })
}

async function importPages(
  deps: RunStaticDeps,
  { profile, folder, file }: FeedSetup,
  fetched: FetchedChannel,
  { dryRun = false, signal }: { readonly dryRun?: boolean; readonly signal?: AbortSignal },
): Promise<ImportReport> {
  const pages = fetched.pages()
  const maxBytes = limitsOf(profile.static ?? {}, 'static').bytes
  const open = (page: string): ReturnType<typeof readFeed> =>
    // `maxBytes` limits the decompressed content, since a local file may be packed.
    readFeed({ file: page, profile: file, sourceId: null, profiles: folder, maxBytes, at: deps.clock() })
  const first = await pages.next()
  if (first.done === true)
    throw new DomainError('feed-failed', `The feed "${profile.id}" has no page. Check "pages" in its profile.`)
  const fetchedPages: FetchedPage[] = [first.value]
  const feed = await open(first.value.file)

  /** Caches pages, since the rows are read more than once. */
  async function pageAt(i: number): Promise<FetchedPage | undefined> {
    if (i === fetchedPages.length) {
      const next = await pages.next()
      if (next.done !== true) fetchedPages.push(next.value)
    }
    return fetchedPages[i]
  }

  /** All pages as one snapshot; complete where each of them is. */
  async function* allRows(): AsyncGenerator<SnapshotRow, void, undefined> {
    let end: Extract<SnapshotRow, { end: unknown }> = { end: { complete: true, note: null, coverage: null } }
    for (let i = 0; ; i += 1) {
      const page = await pageAt(i)
      if (page === undefined) break
      const rows = i === 0 ? feed.rows() : (await open(page.file)).rows()
      let count = 0
      for await (const row of rows) {
        signal?.throwIfAborted()
        if (!('end' in row)) {
          count += 1
          yield row
        } else if (!row.end.complete || row.end.coverage !== null) end = row
      }
      if ((count === 0 && page.isSmall) || !end.end.complete) break
    }
    yield end
  }
  const { database, eventLog, clock, actor } = deps
  return importSnapshot(
    { db: database.db, eventLog, clock, actor },
    { source: feed.source, rows: allRows, documentDate: feed.documentDate, dryRun },
  )
}

function outcomeOf(report: ImportReport, fetched: FetchedChannel, now: number): Outcome {
  const [first] = report.rejections
  const fault = first === undefined ? null : `${first.where}: ${first.reason}`
  if (report.zones === 0)
    return { failed: fault ?? 'The response has no motorcycle parking. Check its format against the profile.' }
  if (!report.complete) return { failed: report.notes.at(-1) ?? 'The response is truncated.' }
  return {
    taken: report.zones,
    rejected: report.rejected,
    impossible: 0,
    zones: report.zones,
    newestAt: now,
    error: fault,
    validators: JSON.stringify(fetched.validators),
  }
}
