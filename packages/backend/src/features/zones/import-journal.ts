import type { EventLog } from '#db/event-log.ts'
import type { Db, Tx } from '#db/schema.ts'
import type { SourceChangesTable } from './tables.ts'
import type { Clock } from '#platform/clock.ts'
import { clearBefore, noteBefore, putSourceChange, readSourceChange } from './import-journal-store.ts'

/**
 * The undo journal of a source's last change: its entries as they were before. The journal of the change before is
 * deleted, so that it needs no more space than the source itself.
 */
export type Journal = {
  /** Stores these entries as they are, in the transaction that changes them. */
  note(tx: Tx, refs: readonly string[]): Promise<void>
  /** Ends the change, in its last transaction. */
  close(tx: Tx): Promise<void>
}

type JournaledSource = { readonly id: string; readonly simulated: boolean }
type JournalDeps = { readonly db: Db; readonly eventLog: EventLog; readonly clock: Clock }

/**
 * Starts the journal of a change. An interrupted change of the same kind is continued, so that both are undone
 * together. Simulated sources have no journal.
 */
async function openJournal(
  { db, eventLog, clock }: JournalDeps,
  { id, simulated }: JournaledSource,
  kind: SourceChangesTable['kind'],
): Promise<Journal> {
  if (simulated) return { note: async () => undefined, close: async () => undefined }
  const last = await readSourceChange(db, id)
  const isResumed = last !== undefined && last.state === 'open' && last.kind === kind
  const started_at = isResumed ? last.started_at : clock()
  if (last !== undefined && !isResumed) await clearBefore(eventLog, id)
  if (!isResumed) {
    await eventLog.commit((tx) =>
      putSourceChange(tx, { source_id: id, kind, state: 'open', started_at, ended_at: null }),
    )
  }
  return {
    note: (tx, refs) => noteBefore(tx, id, refs),
    close: (tx) => putSourceChange(tx, { source_id: id, kind, state: 'done', started_at, ended_at: clock() }),
  }
}

/** Opens the journal at the first write, so that a change without writes keeps the journal of the one before. */
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
