import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { ReadingRow, RejectedRow, SnapshotEnd, SourceReading, SourceZone } from '@kickstand/domain'
import { type Feed, type FeedInput, readFeed, readLive } from '@kickstand/ingest'

const PROFILES = path.resolve(import.meta.dirname, '../../../feeds')

/** Reads a file to its end. */
export type ReadFile = {
  readonly feed: Feed
  readonly zones: readonly SourceZone[]
  readonly rejected: readonly RejectedRow[]
  readonly warnings: readonly RejectedRow[]
  readonly leftOut: readonly RejectedRow[]
  readonly end: SnapshotEnd | null
}

/** Writes a file, reads it as an import would, and removes it. */
export async function readContent(
  name: string,
  content: string | Buffer,
  options: Partial<FeedInput> = {},
): Promise<ReadFile> {
  return withFile(name, content, (file) => readPath(file, options))
}

/** The same for a response of a live feed. */
export async function readLiveContent(
  name: string,
  content: string | Buffer,
  options: Partial<FeedInput> = {},
): Promise<ReadLive> {
  return withFile(name, content, (file) => readLivePath(file, options))
}

/** Reads a response of a live feed to its end. */
export type ReadLive = {
  readonly format: string
  readonly profile: string
  readonly readings: readonly SourceReading[]
  readonly rows: readonly ReadingRow[]
}

export async function readLivePath(file: string, options: Partial<FeedInput> = {}): Promise<ReadLive> {
  const feed = await readLive({ file, profile: null, sourceId: null, profiles: PROFILES, ...options })
  const rows: ReadingRow[] = []
  for await (const row of feed.readings()) rows.push(row)
  const readings = rows.flatMap((row) => ('reading' in row ? [row.reading] : []))
  return { format: feed.format, profile: feed.profile, readings, rows }
}

/** Runs `work` with a temporary file of this name and content. */
export async function withFile<T>(
  name: string,
  content: string | Buffer,
  work: (file: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), 'ks-feed-'))
  try {
    const file = path.join(folder, name)
    await writeFile(file, content)
    return await work(file)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

export async function readPath(file: string, options: Partial<FeedInput> = {}): Promise<ReadFile> {
  const feed = await readFeed({
    file,
    profile: null,
    sourceId: null,
    supply: 'motorcycle',
    profiles: PROFILES,
    ...options,
  })
  const zones: SourceZone[] = []
  const rejected: RejectedRow[] = []
  const warnings: RejectedRow[] = []
  const leftOut: RejectedRow[] = []
  let end: SnapshotEnd | null = null
  for await (const row of feed.rows()) {
    if ('rejected' in row) rejected.push(row.rejected)
    else if ('warning' in row) warnings.push(row.warning)
    else if ('leftOut' in row) leftOut.push(row.leftOut)
    else if ('end' in row) end = row.end
    else zones.push(row)
  }
  return { feed, zones, rejected, warnings, leftOut, end }
}
