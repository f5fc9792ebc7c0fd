import type { SourceInfo } from '@kickstand/domain'
import { writeEntry, type AuditDeps } from '#audit/write-entry.ts'
import type { DbReader, Tx } from '#db/schema.ts'
import { readSourceChange } from './import-journal-store.ts'
import type { ImportReport } from './import-report.ts'
import { compareSource, type SourceComparison, type SourceTotals } from './source-store.ts'

/** What the entry of an import tells about the time before it. `resumes`: an import before it was interrupted. */
export type BeforeImport = SourceComparison & { readonly resumes: boolean }

export async function readBeforeImport(db: DbReader, source: SourceInfo): Promise<BeforeImport> {
  const last = await readSourceChange(db, source.id)
  return { ...(await compareSource(db, source)), resumes: last?.kind === 'import' && last.state === 'open' }
}

/** Whether an import with at least one zone changed zones or the settings of its source. */
export function isChange(
  before: BeforeImport,
  { added, joined, updated, rekeyed, missing, retired }: ImportReport,
): boolean {
  return before.differs || before.resumes || added + joined + updated + rekeyed + missing + retired > 0
}

/**
 * Writes the one entry of an import, in its last transaction. What an interrupted import wrote has no entry until the
 * next one of the source ends; its entry says that it resumes.
 */
export async function writeImportEntry(
  tx: Tx,
  deps: AuditDeps,
  action: 'sources:import' | 'demos:create',
  { totals, settings, resumes }: BeforeImport,
  { source, added, joined, updated, rekeyed, missing, retired }: ImportReport,
  after: SourceTotals,
): Promise<void> {
  const counts = { added, joined, updated, rekeyed, missing, retired, ...(resumes ? { resumes } : {}) }
  await writeEntry(tx, deps, {
    action,
    object: { kind: 'source', id: source },
    before: totals === null ? null : { ...totals, ...settings.before },
    after: { ...after, ...counts, ...settings.after },
  })
}
