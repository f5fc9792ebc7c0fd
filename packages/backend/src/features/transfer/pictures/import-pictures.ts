import { DomainError, type RejectedRow } from '@kickstand/domain'
import { readHistory } from '#features/accounts/rider-records.ts'
import { checkPhoto, importPhoto, isPhotoStored } from '#features/contributions/photos/import-photo.ts'
import { findImportedReport } from '#features/reports/imported-reports.ts'
import { legacyIdFor } from '#platform/ids.ts'
import { predecessorFields } from '../import-predecessor/predecessor-fields.ts'
import type { PredecessorReport } from '../import-predecessor/predecessor-report.ts'
import type { PredecessorRun } from '../import-predecessor/predecessor-run.ts'
import { createPictureMatcher, type WantedPicture } from './match-pictures.ts'
import { openPictures } from './open-pictures.ts'
import type { PictureFile } from './picture-files.ts'
import { picturePath } from './picture-path.ts'

const MAX_EXAMPLES = 200

/** The files in progress. `reports`: the predecessor's ids of the reports that were imported. */
export type PicturesRun = {
  readonly place: string
  readonly reports: Set<string>
  files: number
  unused: number
  rejected: number
  readonly examples: RejectedRow[]
}

export function startPicturesRun(place: string): PicturesRun {
  return { place, reports: new Set(), files: 0, unused: 0, rejected: 0, examples: [] }
}

export function endPicturesRun({
  place,
  files,
  unused,
  rejected,
  examples,
}: PicturesRun): PredecessorReport['pictures'] {
  return { from: place, files, unused, rejected, examples }
}

/**
 * Copies the pictures of imported reports from a folder or archive, as photos of the zone that wait for a moderator. Each row
 * of the predecessor is counted; files that no row names are counted as unused. Throws `unreadable-file`.
 */
export async function importPictures(run: PredecessorRun, pictures: PicturesRun): Promise<void> {
  const count = run.counts.images
  const files = await openPictures(pictures.place)
  const wanted = await listWanted(run)
  const matcher = createPictureMatcher(wanted)
  const left = new Set(wanted)
  const isWanted = (path: readonly string[]): boolean => {
    const matched = matcher.match(path)
    return matched === 'ambiguous' || matched.length > 0
  }
  for await (const found of files(isWanted)) {
    pictures.files += 1
    const matching = matchFile(found, (path) => matcher.match(path), left)
    if (matching === null) pictures.unused += 1
    else if (typeof matching === 'string') rejectFile(pictures, found, matching)
    else {
      for (const picture of matching.pictures) {
        left.delete(picture)
        const reason = await importOne(run, pictures, picture, matching.file)
        if (reason !== null) count.reject(picture.where, reason)
      }
    }
  }
  for (const { where } of left) count.reject(where, 'its file was not found or was rejected')
}

/** The rows with a picture of a report, without those that are rejected at once. */
async function listWanted({ from, counts: { images: count }, id, onMapped }: PredecessorRun): Promise<WantedPicture[]> {
  const wanted: WantedPicture[] = []
  for await (const row of from.rows('images')) {
    if ('fault' in row) {
      count.fault(row)
      continue
    }
    count.see(row)
    const fields = predecessorFields(row, count.used)
    const text = fields.text('imageurl', 'imagepath', 'url', 'path', 'filename', 'filepath')
    const reportRef = fields.text('reportid', 'userreportid', 'report')
    const ref = fields.text('id', 'uuid', 'imageid') ?? text ?? ''
    const path = text === null ? null : picturePath(text)
    if (text === null) count.reject(row.where, 'has no path of the image')
    else if (path === null) count.reject(row.where, 'its path leaves its folder')
    else if (reportRef === null) count.reject(row.where, 'has no report')
    else {
      wanted.push({ where: row.where, ref, reportRef, path })
      onMapped({ table: 'images', legacyId: ref, id: legacyIdFor('photo', id, ref), path: text })
    }
  }
  return wanted
}

/** Null for a file that is not needed; a text for why it is rejected. */
function matchFile(
  found: PictureFile,
  match: ReturnType<typeof createPictureMatcher>['match'],
  left: ReadonlySet<WantedPicture>,
): { readonly pictures: readonly WantedPicture[]; readonly file: string } | string | null {
  if ('rejected' in found) return found.rejected
  const matched = match(found.path)
  if (matched === 'ambiguous') return 'could be one of several pictures'
  if (matched.length === 0) return null
  const pictures = matched.filter((picture) => left.has(picture))
  return pictures.length === 0 ? 'is a picture that another file was taken for' : { pictures, file: found.file }
}

function rejectFile(pictures: PicturesRun, found: PictureFile, reason: string): void {
  pictures.rejected += 1
  const where = 'rejected' in found ? found.name : found.path.join('/')
  if (pictures.examples.length < MAX_EXAMPLES) pictures.examples.push({ where, reason })
}

/** Returns why a picture is rejected; null where it was imported now or before. */
async function importOne(
  { deps: { database }, id: source, counts: { images: count }, dryRun }: PredecessorRun,
  { reports }: PicturesRun,
  { ref, reportRef }: WantedPicture,
  file: string,
): Promise<string | null> {
  if (!reports.has(reportRef)) return 'its report was not imported'
  const id = legacyIdFor('photo', source, ref)
  if (await isPhotoStored(database, id)) {
    count.alreadyImported += 1
    return null
  }
  try {
    if (dryRun) await checkPhoto(file)
    else {
      const report = await findImportedReport(database.db, legacyIdFor('report', source, reportRef))
      // The reports of erased riders stay, under a random id that no rider has.
      const rider = report === undefined ? null : await readHistory(database.db, report.riderId)
      if (report === undefined || rider === null) return 'its rider was erased'
      await importPhoto(database, { id, ...report, createdAt: report.observedAt, file })
    }
    count.imported += 1
    return null
  } catch (error) {
    if (error instanceof DomainError && error.code === 'unusable-image') return `its file is unusable: ${error.message}`
    throw error
  }
}
