import { DomainError, type SourceInfo } from '@kickstand/domain'
import { importSnapshot } from '#zones/import-snapshot.ts'
import { startCounting, type LegacyReport } from './legacy-report.ts'
import type { LegacyDeps, LegacyInput, LegacyRun } from './legacy-run.ts'
import { countStored } from './legacy-store.ts'
import { countUsers, listImages } from './take-people.ts'
import { takeReports } from './take-reports.ts'
import { zoneRows } from './take-zones.ts'

/**
 * Brings the predecessor's data: zones as a source among others, reports as history with their own time, users as nothing but riders
 * whom no device can be. Passwords, addresses and whatever else was known of people is not taken. The same again brings only what
 * is new. Throws `invalid-request` for a bad id.
 */
export async function importLegacy(deps: LegacyDeps, input: LegacyInput): Promise<LegacyReport> {
  checkLegacyId(input.id)
  const run: LegacyRun = {
    onMapped: () => {},
    ...input,
    deps,
    counts: { zones: startCounting(), users: startCounting(), reports: startCounting(), images: startCounting() },
    zones: new Map(),
    users: new Set(),
    warnings: [],
    capacity: { read: 0, taken: 0, refused: 0 },
  }
  const { added } = await importSnapshot(
    { db: deps.database.db, eventLog: deps.eventLog, clock: deps.clock },
    { source: sourceOf(input.id), rows: zoneRows(run), dryRun: input.dryRun },
  )
  run.counts.zones.already = run.zones.size - added
  run.counts.zones.taken = added
  await takeReports(run)
  await countUsers(run)
  await listImages(run)
  return report(run, input.dryRun ? null : await countStored(deps.database.db, input.id))
}

/** Throws `invalid-request` where an import cannot be called so. */
export function checkLegacyId(id: string): void {
  if (/^legacy(?:-[a-z0-9]+)*$/.test(id) && id.length <= 40) return
  throw new DomainError(
    'invalid-request',
    `An import of legacy data cannot be called "${id}": expected legacy, or legacy- and small letters and figures.`,
  )
}

function sourceOf(id: string): SourceInfo {
  const name = 'Earlier installation'
  return { id, name, licence: 'own data', licenceUrl: null, attribution: name, url: null, simulated: false }
}

function report(run: LegacyRun, stored: LegacyReport['stored']): LegacyReport {
  const { counts, capacity } = run
  const tables = {
    zones: counts.zones.end(),
    users: counts.users.end(),
    reports: counts.reports.end(),
    images: counts.images.end(),
  }
  const adds = Object.values(tables).every(({ read, taken, already, refused }) => read === taken + already + refused)
  const sums = capacity.read === capacity.taken + capacity.refused
  const { zones, reports } = tables
  const holds =
    stored === null ||
    (stored.zones === zones.taken + zones.already &&
      stored.spaces === capacity.taken &&
      stored.reports === reports.taken + reports.already)
  return {
    id: run.id,
    from: run.from.label,
    dryRun: run.dryRun,
    tables,
    strange: run.from.strange(),
    warnings: run.warnings,
    capacity,
    stored,
    agrees: adds && sums && holds,
  }
}
