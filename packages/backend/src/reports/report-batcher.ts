import type { ReportsTable } from '#db/schema.ts'
import { isPassing, type Engine } from '#db/engine.ts'
import type { EventLog } from '#db/event-log.ts'
import { DomainError } from '@kickstand/domain'
import { toReportEvent } from './report-event.ts'
import { rowsOfReports, rowsOfRiders, underKeys } from './report-store.ts'

/** Reports of one transaction, and those that may wait for the next before the service says that it is busy. */
const BATCH_AT_MOST = 512
const WAITING_AT_MOST = 20_000
const KNOWN_RIDERS = 100_000
const TRIES = 10
/** Whoever sent a report is told within this whether it is stored. It may be so later; the same key then finds it. */
const ANSWER_WITHIN_MS = 10_000
const LOOK_EVERY_MS = 250

/** What became of a report: stored now, or found stored by an earlier try under the same key. */
export type Stored = { readonly report: ReportsTable; readonly replayed: boolean }

type Waiting = {
  readonly report: ReportsTable
  readonly resolve: (stored: Stored) => void
  readonly reject: (error: unknown) => void
  /** When it must have been answered, by the clock of the process. */
  readonly until: number
}

/**
 * Stores reports so that many share one durable commit: those that arrive while a commit is being made go into the next.
 * A report is acknowledged only once its transaction has been committed.
 */
export type ReportBatcher = {
  /**
   * Stores a report, or finds the one stored under its key. Rejects with `overloaded` when it was not stored and may be sent
   * again.
   */
  store(report: ReportsTable): Promise<Stored>
}

export function createReportBatcher(eventLog: EventLog, engine: Engine): ReportBatcher {
  let waiting: Waiting[] = []
  let writing: readonly Waiting[] = []
  let busy = false
  let knownRiders = new Set<string>()

  async function write(batch: readonly Waiting[]): Promise<Stored[]> {
    /** By key what was found stored under one of a batch: mostly nothing is, and then looking and storing are one step. */
    const earlier = new Map<string | null, ReportsTable>()
    for (;;) {
      const stored = batch.map(({ report }): Stored => {
        const before = earlier.get(report.idempotency)
        return before === undefined ? { report, replayed: false } : { report: before, replayed: true }
      })
      const keys = batch.map(({ report }) => report.idempotency).filter(isText)
      const found = await storeFresh(
        stored.filter((one) => !one.replayed).map((one) => one.report),
        keys.filter((key) => !earlier.has(key)),
      )
      if (found.length === 0) return stored
      for (const report of found) earlier.set(report.idempotency, report)
    }
  }

  /** Stores reports, unless there are some under these keys: then none, and those are given. */
  async function storeFresh(
    reports: readonly ReportsTable[],
    keys: readonly string[],
  ): Promise<readonly ReportsTable[]> {
    if (reports.length === 0) return []
    // In the order that they are folded in: one that came out of turn would have a zone's day folded again.
    const fresh = reports.toSorted((a, b) => a.event_order - b.event_order || (a.id < b.id ? -1 : 1))
    const riders = new Set(fresh.map((report) => report.rider_id).filter((id) => !knownRiders.has(id)))
    const rows = [rowsOfRiders([...riders], fresh[0].received_at), rowsOfReports(fresh)]
    return eventLog.insertUnless(underKeys(keys), rows, { type: 'reports', reports: fresh.map(toReportEvent) })
  }

  function settle(batch: readonly Waiting[], stored: readonly Stored[]): void {
    if (knownRiders.size > KNOWN_RIDERS) knownRiders = new Set()
    for (const { report } of stored) knownRiders.add(report.rider_id)
    // In the next turn of the loop: what waits is handed to the engine before hundreds of answers are written.
    setImmediate(() => {
      for (const [i, { resolve }] of batch.entries()) resolve(stored[i])
    })
  }

  /** Another server may store a key of ours between our look and our insert, and then another: the next try sees it. */
  async function writeUntilSeen(batch: readonly Waiting[]): Promise<Stored[]> {
    for (let tried = 1; ; tried += 1) {
      try {
        return await write(batch)
      } catch (error) {
        if (!engine.isDuplicate(error) || tried === TRIES) throw error
      }
    }
  }

  /** Those that have waited too long are taken out, those being written only told: their answer is not known. */
  function giveUp(): void {
    const now = performance.now()
    const late = waiting.findIndex(({ until }) => until > now)
    const gone = waiting.slice(0, late < 0 ? waiting.length : late)
    waiting = waiting.slice(gone.length)
    for (const { until, reject } of [...writing, ...gone]) if (until <= now) reject(busyNow())
  }

  async function run(): Promise<void> {
    busy = true
    const looking = setInterval(giveUp, LOOK_EVERY_MS)
    while (waiting.length > 0) {
      const batch = waiting.slice(0, BATCH_AT_MOST)
      waiting = waiting.slice(BATCH_AT_MOST)
      writing = batch
      try {
        settle(batch, await writeUntilSeen(batch))
      } catch (error) {
        const passing = isPassing(engine, error) || engine.isDuplicate(error)
        const shown = passing ? busyNow(error) : error
        for (const { reject } of batch) reject(shown)
      }
    }
    clearInterval(looking)
    writing = []
    busy = false
  }

  return {
    store(report) {
      if (waiting.length >= WAITING_AT_MOST) return Promise.reject(busyNow())
      return new Promise((resolve, reject) => {
        waiting.push({ report, resolve, reject, until: performance.now() + ANSWER_WITHIN_MS })
        // Requests read in the same turn of the loop share a commit.
        if (!busy) {
          busy = true
          setImmediate(() => void run())
        }
      })
    },
  }
}

function isText(value: string | null): value is string {
  return value !== null
}

function busyNow(cause?: unknown): DomainError {
  const message = 'The report could not be stored just now. Send it again with the same Idempotency-Key.'
  return new DomainError('overloaded', message, [], cause)
}
