import { DomainError, type SourceInfo } from '@kickstand/domain'
import { writeEntry } from '#audit/write-entry.ts'
import type { DbReader } from '#db/schema.ts'
import { countMarkedReports } from '#features/reports/imported-reports.ts'
import type { ImportReport } from '#features/zones/import-report.ts'
import { importSnapshot } from '#features/zones/import-snapshot.ts'
import { countActiveEntries } from '#features/zones/stored-sources.ts'
import { endPeopleRun, importPeople, startPeopleRun, type PeopleRun } from '../people/import-people.ts'
import { endPicturesRun, importPictures, startPicturesRun, type PicturesRun } from '../pictures/import-pictures.ts'
import { startCounting, type PredecessorReport } from './predecessor-report.ts'
import type { PredecessorDeps, PredecessorInput, PredecessorRun } from './predecessor-run.ts'
import { countUsers, listImages } from './users-and-images.ts'
import { importMark, importReports } from './import-reports.ts'
import { zoneRows } from './zone-rows.ts'

/**
 * Imports the predecessor's data: zones as an additional source, reports as history with their original times, users as
 * riders without a device. Personal data is read only with `withPeople`, see `importPeople`; images are copied only with
 * `pictures`, see `importPictures`. A second import adds only new data. Throws `invalid-request` for an invalid id, and
 * `unreadable-file`.
 */
export async function importPredecessor(deps: PredecessorDeps, input: PredecessorInput): Promise<PredecessorReport> {
  checkImportId(input.id)
  const people = input.withPeople === true ? startPeopleRun() : null
  const pictures = typeof input.pictures === 'string' ? startPicturesRun(input.pictures) : null
  const run: PredecessorRun = {
    onMapped: () => {},
    withPeople: false,
    ...input,
    deps,
    counts: { zones: startCounting(), users: startCounting(), reports: startCounting(), images: startCounting() },
    zones: new Map(),
    users: new Set(),
    reports: pictures?.reports ?? null,
    warnings: [],
    capacity: { read: 0, imported: 0, rejected: 0 },
  }
  const zones = await importSnapshot(
    { ...deps, db: deps.database.db },
    { source: sourceOf(input.id), rows: zoneRows(run), dryRun: input.dryRun, action: null },
  )
  const { added } = zones
  run.counts.zones.alreadyImported = run.zones.size - added
  run.counts.zones.imported = added
  await importReports(run)
  if (people !== null) await importPeople(run, people)
  if (pictures === null) await listImages(run)
  else await importPictures(run, pictures)
  await writeLegacyEntry(run, zones, { people, pictures })
  await countUsers(run)
  return report(run, { people, pictures }, input.dryRun ? null : await countStored(deps.database.db, input.id))
}

type Extras = { readonly people: PeopleRun | null; readonly pictures: PicturesRun | null }

/**
 * Writes the one audit entry of an import that changed something, after its last batch. What an interrupted one wrote has
 * no entry of its own: the entry of the import that is called again to finish it has the counts of the rest.
 */
async function writeLegacyEntry(run: PredecessorRun, zones: ImportReport, extras: Extras): Promise<void> {
  const { deps, dryRun, id, from, counts } = run
  const reports = counts.reports.imported
  const people = extras.people?.count.imported ?? 0
  const pictures = extras.pictures === null ? 0 : counts.images.imported
  const { added, joined, updated, missing, retired } = zones
  const changes = reports + people + pictures + added + joined + updated + missing + retired
  if (dryRun || changes === 0) return
  await deps.eventLog.commit((tx) =>
    writeEntry(tx, deps, {
      action: 'legacy-imports:create',
      object: { kind: 'source', id },
      before: null,
      after: { from: from.label, zones: { added, joined, updated, missing, retired }, reports, people, pictures },
    }),
  )
}

/** Throws `invalid-request` for an invalid import id. */
export function checkImportId(id: string): void {
  if (/^legacy(?:-[a-z0-9]+)*$/.test(id) && id.length <= 40) return
  throw new DomainError(
    'invalid-request',
    `An import of legacy data cannot be called "${id}". Expected legacy, or legacy- with lowercase letters and digits.`,
  )
}

function sourceOf(id: string): SourceInfo {
  const name = 'Earlier installation'
  return { id, name, licence: 'own data', licenceUrl: null, attribution: name, url: null, simulated: false }
}

/** The totals of an import in the database. */
async function countStored(db: DbReader, id: string): Promise<NonNullable<PredecessorReport['stored']>> {
  return { ...(await countActiveEntries(db, id)), reports: await countMarkedReports(db, importMark(id)) }
}

function report(run: PredecessorRun, extras: Extras, stored: PredecessorReport['stored']): PredecessorReport {
  const { counts, capacity } = run
  const people = extras.people === null ? null : endPeopleRun(extras.people)
  const tables = {
    zones: counts.zones.end(),
    users: counts.users.end(),
    reports: counts.reports.end(),
    images: counts.images.end(),
  }
  const countsAgree = [...Object.values(tables), ...(people === null ? [] : [people])].every(
    ({ read, imported, alreadyImported, rejected }) => read === imported + alreadyImported + rejected,
  )
  const capacityAgrees = capacity.read === capacity.imported + capacity.rejected
  const { zones, reports } = tables
  const storedAgrees =
    stored === null ||
    (stored.zones === zones.imported + zones.alreadyImported &&
      stored.spaces === capacity.imported &&
      stored.reports === reports.imported + reports.alreadyImported)
  return {
    id: run.id,
    from: run.from.label,
    dryRun: run.dryRun,
    tables,
    people,
    pictures: extras.pictures === null ? null : endPicturesRun(extras.pictures),
    unknownTables: run.from.unknownTables(),
    warnings: run.warnings,
    capacity,
    stored,
    agrees: countsAgree && capacityAgrees && storedAgrees,
  }
}
