import type { SourceInfo } from '@kickstand/domain'
import { type FeedInput, readFeed } from '@kickstand/ingest'
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

/** The result of an import, and the detected format. */
export type FileReport = ImportReport & {
  readonly format: string
  readonly profile: string
  readonly from: SourceInfo
}

/**
 * Imports a file of parking in any supported format. Throws `unreadable-file` where nothing in it is readable,
 * `snapshot-rejected` where it is implausible, `unknown-profile`, or `invalid-request` for an invalid source id. Errors
 * in single objects are in the report instead.
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
  const nameNote = feed.isNamedAfterFile
    ? [
        `The source is "${feed.source.id}", from the name of the file. For a file with another name, add --source ${feed.source.id}.`,
      ]
    : []
  const notes = [...feed.notes, ...nameNote, ...report.notes]
  if (report.zones === 0 && report.complete) {
    notes.push(
      report.rejected > 0
        ? `No object became a zone. If its fields have other names than "${feed.profile}" expects, write a profile (feeds/README.md).`
        : `With the profile "${feed.profile}" there is no motorcycle parking in this file.`,
    )
  }
  return { ...report, notes, format: feed.format, profile: feed.profile, from: feed.source }
}
