import { DomainError, type SourceInfo } from '@kickstand/domain'
import type { DbReader } from '#db/schema.ts'
import { countMarkedReports } from '#features/reports/imported-reports.ts'
import { importSnapshot } from '#features/zones/import-snapshot.ts'
import { countActiveEntries } from '#features/zones/stored-sources.ts'
import { startCounting, type PredecessorReport } from './predecessor-report.ts'
import type { PredecessorDeps, PredecessorInput, PredecessorRun } from './predecessor-run.ts'
import { countUsers, listImages } from './users-and-images.ts'
import { importMark, importReports } from './import-reports.ts'
import { zoneRows } from './zone-rows.ts'

/**
 * Imports the predecessor's data: zones as an additional source, reports as history with their original times, users as
 * riders without a device. Passwords, addresses and other personal data are not read. A second import adds only new
 * data. Throws `invalid-request` for an invalid id.
 */
export async function importPredecessor(deps: PredecessorDeps, input: PredecessorInput): Promise<PredecessorReport> {
  checkImportId(input.id)
  const run: PredecessorRun = {
    onMapped: () => {},
    ...input,
    deps,
    counts: { zones: startCounting(), users: startCounting(), reports: startCounting(), images: startCounting() },
    zones: new Map(),
    users: new Set(),
    warnings: [],
    capacity: { read: 0, imported: 0, rejected: 0 },
  }
  const { added } = await importSnapshot(
    { db: deps.database.db, eventLog: deps.eventLog, clock: deps.clock },
    { source: sourceOf(input.id), rows: zoneRows(run), dryRun: input.dryRun },
  )
  run.counts.zones.alreadyImported = run.zones.size - added
  run.counts.zones.imported = added
  await importReports(run)
  await countUsers(run)
  await listImages(run)
  return report(run, input.dryRun ? null : await countStored(deps.database.db, input.id))
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

function report(run: PredecessorRun, stored: PredecessorReport['stored']): PredecessorReport {
  const { counts, capacity } = run
  const tables = {
    zones: counts.zones.end(),
    users: counts.users.end(),
    reports: counts.reports.end(),
    images: counts.images.end(),
  }
  const countsAgree = Object.values(tables).every(
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
    unknownTables: run.from.unknownTables(),
    warnings: run.warnings,
    capacity,
    stored,
    agrees: countsAgree && capacityAgrees && storedAgrees,
  }
}
