import { rowsOfRiders } from '#features/accounts/rider-records.ts'
import type { ReportsTable } from './tables.ts'
import { isTransient, type Engine } from '#db/engine.ts'
import type { EventLog } from '#db/event-log.ts'
import { DomainError } from '@kickstand/domain'
import { uptime } from '#platform/clock.ts'
import { toReportEvent } from './report-event.ts'
import { rowsOfReports, underKeys } from './report-store.ts'

/** Reports per transaction. */
const MAX_BATCH = 512
/** Queued reports beyond which new ones are rejected with `overloaded`. */
const MAX_WAITING = 20_000
/** Ids of stored riders that are cached. */
const MAX_KNOWN_RIDERS = 100_000
const MAX_ATTEMPTS = 10
/** Timeout of a report. It may still be stored later; a retry with the same key then finds it. */
const TIMEOUT_MS = 10_000
const CHECK_TIMEOUTS_EVERY_MS = 250

/** A stored report. `replayed`: an earlier request with the same key had stored it. */
export type Stored = { readonly report: ReportsTable; readonly replayed: boolean }

type Waiting = {
  readonly report: ReportsTable
  readonly resolve: (stored: Stored) => void
  readonly reject: (error: unknown) => void
  /** Deadline, by `uptime`. */
  readonly deadline: number
}

/**
 * Stores reports in group commits: those that arrive during a commit share the next one. A report is acknowledged only
 * after its transaction is committed.
 */
export type ReportBatcher = {
  /**
   * Stores a report, or finds the one stored under its key. Rejects with `overloaded` if it could not be stored in
   * time; the client may retry.
   */
  store(report: ReportsTable): Promise<Stored>
}

/** `ridersVersion` rises when riders were erased: they are then not stored any more. */
export function createReportBatcher(
  eventLog: EventLog,
  engine: Engine,
  ridersVersion: () => number = () => 0,
): ReportBatcher {
  let waiting: Waiting[] = []
  let writing: readonly Waiting[] = []
  let busy = false
  let knownRiders = new Set<string>()
  let knownVersion = ridersVersion()

  async function write(batch: readonly Waiting[]): Promise<Stored[]> {
    /**
     * Reports found stored under keys of the batch. Usually there are none, and lookup and insert are one statement.
     */
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

  /**
   * Stores all reports and returns an empty array. If reports exist under any of these keys, stores none and returns
   * those.
   */
  async function storeFresh(
    reports: readonly ReportsTable[],
    keys: readonly string[],
  ): Promise<readonly ReportsTable[]> {
    if (reports.length === 0) return []
    if (ridersVersion() !== knownVersion) {
      knownVersion = ridersVersion()
      knownRiders = new Set()
    }
    // In event order: an observation out of order makes the board replay the zone's day.
    const fresh = reports.toSorted((a, b) => a.event_order - b.event_order || (a.id < b.id ? -1 : 1))
    const riders = new Set(fresh.map((report) => report.rider_id).filter((id) => !knownRiders.has(id)))
    const rows = [rowsOfRiders([...riders], fresh[0].received_at), rowsOfReports(fresh)]
    return eventLog.insertUnless(underKeys(keys), rows, { type: 'reports', reports: fresh.map(toReportEvent) })
  }

  function acknowledge(batch: readonly Waiting[], stored: readonly Stored[]): void {
    if (knownRiders.size > MAX_KNOWN_RIDERS) knownRiders = new Set()
    for (const { report } of stored) knownRiders.add(report.rider_id)
    // In the next turn of the event loop, so that the next batch reaches the database before hundreds of responses are
    // written.
    setImmediate(() => {
      for (const [i, { resolve }] of batch.entries()) resolve(stored[i])
    })
  }

  /** Retries on duplicate keys: another server may store a key between our lookup and our insert. */
  async function writeWithRetry(batch: readonly Waiting[]): Promise<Stored[]> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await write(batch)
      } catch (error) {
        if (!engine.isDuplicate(error) || attempt === MAX_ATTEMPTS) throw error
      }
    }
  }

  /** Rejects overdue reports. Queued ones are dropped; those being written may still be stored. */
  function rejectOverdue(): void {
    const now = uptime()
    const inTime = waiting.findIndex(({ deadline }) => deadline > now)
    const overdue = waiting.slice(0, inTime < 0 ? waiting.length : inTime)
    waiting = waiting.slice(overdue.length)
    for (const { deadline, reject } of [...writing, ...overdue]) if (deadline <= now) reject(notStored())
  }

  async function run(): Promise<void> {
    busy = true
    const timer = setInterval(rejectOverdue, CHECK_TIMEOUTS_EVERY_MS)
    while (waiting.length > 0) {
      const batch = waiting.slice(0, MAX_BATCH)
      waiting = waiting.slice(MAX_BATCH)
      writing = batch
      try {
        acknowledge(batch, await writeWithRetry(batch))
      } catch (error) {
        const mayRetry = isTransient(engine, error) || engine.isDuplicate(error)
        const reason = mayRetry ? notStored(error) : error
        for (const { reject } of batch) reject(reason)
      }
    }
    clearInterval(timer)
    writing = []
    busy = false
  }

  return {
    store(report) {
      if (waiting.length >= MAX_WAITING) return Promise.reject(notStored())
      return new Promise((resolve, reject) => {
        waiting.push({ report, resolve, reject, deadline: uptime() + TIMEOUT_MS })
        // Requests read in the same turn of the event loop share a commit.
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

function notStored(cause?: unknown): DomainError {
  const message = 'The report could not be stored in time. Send it again with the same Idempotency-Key.'
  return new DomainError('overloaded', message, [], cause)
}
