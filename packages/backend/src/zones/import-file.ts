import type { SourceInfo } from '@kickstand/domain'
import { type FeedInput, readFeed } from '#feeds/read-feed.ts'
import type { Overrides } from './guard-snapshot.ts'
import type { ImportReport } from './import-report.ts'
import { type ImportDeps, importSnapshot } from './import-snapshot.ts'
import { checkNewSource } from './similar-source.ts'

export type FileInput = FeedInput &
  Overrides & {
    readonly dryRun?: boolean
    readonly acceptRemovals?: boolean
    readonly onProgress?: (report: ImportReport) => void
  }

/** What an import of a file did, and what the file was found to be. */
export type FileReport = ImportReport & {
  readonly format: string
  readonly profile: string
  readonly from: SourceInfo
}

/**
 * Imports a file of parking, whatever its format. Throws `unreadable-file` where nothing in it can be read,
 * `snapshot-rejected` where it cannot be right, `unknown-profile`, or `invalid-request` for a bad source id; faults of single objects are in the report instead.
 */
export async function importFile(deps: ImportDeps, input: FileInput): Promise<FileReport> {
  const feed = await readFeed({ at: deps.clock(), ...input })
  if (feed.isNamedAfterFile) await checkNewSource(deps.db, feed.source.id, feed.source.name)
  const report = await importSnapshot(deps, {
    source: feed.source,
    rows: () => feed.rows(),
    documentDate: feed.documentDate,
    allowOlder: input.allowOlder ?? false,
    acceptMoves: input.acceptMoves ?? false,
    acceptEmptied: input.acceptEmptied ?? false,
    dryRun: input.dryRun ?? false,
    acceptRemovals: input.acceptRemovals ?? false,
    ...(input.onProgress === undefined ? {} : { onProgress: input.onProgress }),
  })
  const called = feed.isNamedAfterFile
    ? [
        `The source is "${feed.source.id}", after the file's name. For a file with another name: --source ${feed.source.id}.`,
      ]
    : []
  const notes = [...feed.notes, ...called, ...report.notes]
  if (report.zones === 0 && report.complete) {
    notes.push(
      report.rejected > 0
        ? `No object became a zone. If its fields have other names than "${feed.profile}" expects, write a profile (feeds/README.md).`
        : `There is no motorcycle parking in this file, as the profile "${feed.profile}" understands it.`,
    )
  }
  return { ...report, notes, format: feed.format, profile: feed.profile, from: feed.source }
}
