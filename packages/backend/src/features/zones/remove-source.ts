import { DomainError } from '@kickstand/domain'
import type { Actor } from '#audit/actor.ts'
import { writeEntry } from '#audit/write-entry.ts'
import type { EventLog } from '#db/event-log.ts'
import type { Database } from '#db/open-database.ts'
import { clearValidators } from '#features/feeds/channel-records.ts'
import type { Clock } from '#platform/clock.ts'
import { entryPages, markGone } from './import-absent.ts'
import { lazyJournal } from './import-journal.ts'
import { newTally } from './import-report.ts'
import { countTotals, type ListedEntry } from './entry-store.ts'
import { putTotals, readSourceRow } from './source-store.ts'
import { zonesListedByOthers } from './match-store.ts'
import type { ZoneChange } from './zone-change.ts'

export type SourceDeps = {
  readonly database: Database
  readonly eventLog: EventLog
  readonly clock: Clock
  readonly actor: Actor
}

/** The zones that were, or in a dry run would be, removed. */
export type RemovedSource = {
  readonly source: string
  readonly name: string
  readonly dryRun: boolean
  /** Zones removed from the map, because no other source lists them. Their reports are kept. */
  readonly retired: number
  /** Zones that another source lists too. */
  readonly kept: number
  readonly changes: readonly ZoneChange[]
  readonly changesLeftOut: number
}

const ALL = { end: { complete: true, note: null, coverage: null } }

/**
 * Removes everything that a source lists from the map. Nothing is deleted: zones keep their ids and reports, and
 * `undoSource` or an import brings them back. Throws `not-found`, or `invalid-request` for contributions of riders and
 * for the demo.
 */
export async function removeSource(deps: SourceDeps, id: string, dryRun = false): Promise<RemovedSource> {
  const { db } = deps.database
  const { name } = await checkedSource(deps, id)
  const rows: ListedEntry[] = []
  for await (const page of entryPages(db, id, ALL)) rows.push(...page.filter(({ status }) => status !== 'retired'))
  const zoneIds = [...new Set(rows.map(({ zoneId }) => zoneId))]
  const kept = await zonesListedByOthers(db, zoneIds, id)
  const tally = newTally(id, dryRun)
  const journal = lazyJournal({ db, eventLog: deps.eventLog, clock: deps.clock }, { id, simulated: false }, 'removal')
  await markGone({ ...deps, db, journal: dryRun ? null : journal.open }, id, rows, 'retired', tally)
  if (!dryRun) {
    const totals = await countTotals(db, id)
    await deps.eventLog.commit(async (tx, append) => {
      await putTotals(tx, id, totals)
      await clearValidators(tx, id, 'static')
      await journal.close(tx)
      append({ type: 'sources' })
      // With the last transaction: an interrupted removal is finished by calling it again.
      await writeEntry(tx, deps, {
        action: 'sources:remove',
        object: { kind: 'source', id },
        before: { zones: zoneIds.length },
        after: { retired: zoneIds.length - kept.size, kept: kept.size },
      })
    })
  }
  const changes = tally.changes.map((change): ZoneChange => {
    return kept.has(change.zoneId) ? { ...change, kind: 'updated', reason: 'another source still lists it' } : change
  })
  const retired = zoneIds.length - kept.size
  return { source: id, name, dryRun, retired, kept: kept.size, changes, changesLeftOut: tally.changesLeftOut }
}

async function checkedSource({ database }: SourceDeps, id: string): Promise<{ readonly name: string }> {
  const row = await readSourceRow(database.db, id)
  if (row === undefined) {
    throw new DomainError('not-found', `There is no source "${id}". "kickstand feeds list" lists the sources.`)
  }
  if (row.simulated === 1) {
    throw new DomainError('invalid-request', `"${id}" is the demo. Remove it with "kickstand demo remove".`)
  }
  if (row.trust === 'riders') {
    const text = `"${id}" holds the contributions of riders and cannot be removed as a whole. Decide on them with "kickstand review".`
    throw new DomainError('invalid-request', text)
  }
  return row
}
