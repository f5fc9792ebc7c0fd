import type { EventLog } from '#db/event-log.ts'
import type { Db, SourceChangesTable, Tx } from '#db/schema.ts'
import type { Clock } from '#platform/clock.ts'
import { clearBefore, noteBefore, putSourceChange, readSourceChange } from './import-journal-store.ts'

/**
 * What one change of a source did to its entries, so that it can be taken back: each as it was before. The journal of the change before is
 * dropped, so that it takes no more room than the source itself.
 */
export type Journal = {
  /** Keeps these entries as they are, in the transaction that changes them. */
  note(tx: Tx, refs: readonly string[]): Promise<void>
  /** Ends the change, in its last transaction. */
  close(tx: Tx): Promise<void>
}

type JournaledSource = { readonly id: string; readonly simulated: boolean }
type JournalDeps = { readonly db: Db; readonly eventLog: EventLog; readonly clock: Clock }

/**
 * Begins a change of a source. One of the same kind that was cut short goes on: it is taken back together with what was done of it. Nothing
 * is kept of simulated sources.
 */
async function openJournal(
  { db, eventLog, clock }: JournalDeps,
  { id, simulated }: JournaledSource,
  kind: SourceChangesTable['kind'],
): Promise<Journal> {
  if (simulated) return { note: async () => undefined, close: async () => undefined }
  const last = await readSourceChange(db, id)
  const goesOn = last !== undefined && last.state === 'open' && last.kind === kind
  const started_at = goesOn ? last.started_at : clock()
  if (last !== undefined && !goesOn) await clearBefore(eventLog, id)
  if (!goesOn) {
    await eventLog.commit((tx) =>
      putSourceChange(tx, { source_id: id, kind, state: 'open', started_at, ended_at: null }),
    )
  }
  return {
    note: (tx, refs) => noteBefore(tx, id, refs),
    close: (tx) => putSourceChange(tx, { source_id: id, kind, state: 'done', started_at, ended_at: clock() }),
  }
}

/** The same, begun with the first thing that is written: what changes nothing leaves the journal of the change before. */
export function lazyJournal(
  deps: JournalDeps,
  source: JournaledSource,
  kind: SourceChangesTable['kind'],
): { readonly open: () => Promise<Journal>; readonly close: (tx: Tx) => Promise<void> } {
  let journal: Journal | null = null
  return {
    async open() {
      journal ??= await openJournal(deps, source, kind)
      return journal
    },
    async close(tx) {
      await journal?.close(tx)
    },
  }
}
