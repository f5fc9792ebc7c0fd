import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { RejectedRow, SnapshotEnd, SourceZone } from '@kickstand/domain'
import { type Feed, type FeedInput, readFeed } from '#feeds/read-feed.ts'

const PROFILES = path.resolve(import.meta.dirname, '../../../../feeds')

/** A file read to its end. */
export type ReadFile = {
  readonly feed: Feed
  readonly zones: readonly SourceZone[]
  readonly rejected: readonly RejectedRow[]
  readonly warnings: readonly RejectedRow[]
  readonly end: SnapshotEnd | null
}

/** Writes a file, reads it as an import would, and removes it. */
export async function readContent(
  name: string,
  content: string | Buffer,
  options: Partial<FeedInput> = {},
): Promise<ReadFile> {
  const folder = await mkdtemp(path.join(tmpdir(), 'ks-feed-'))
  try {
    const file = path.join(folder, name)
    await writeFile(file, content)
    return await readPath(file, options)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

export async function readPath(file: string, options: Partial<FeedInput> = {}): Promise<ReadFile> {
  const feed = await readFeed({ file, profile: null, sourceId: null, profiles: PROFILES, ...options })
  const zones: SourceZone[] = []
  const rejected: RejectedRow[] = []
  const warnings: RejectedRow[] = []
  let end: SnapshotEnd | null = null
  for await (const row of feed.rows()) {
    if ('rejected' in row) rejected.push(row.rejected)
    else if ('warning' in row) warnings.push(row.warning)
    else if ('end' in row) end = row.end
    else zones.push(row)
  }
  return { feed, zones, rejected, warnings, end }
}
