import type { KickstandEvent, LoggedEvent } from './events.ts'
import { chunks } from './chunks.ts'
import type { Database } from './open-database.ts'
import type { Lookup, RowInsert } from './row-inserts.ts'
import type { EventsTable, Row, Schema, Tx } from './schema.ts'
import { recordZoneChanges, nextPosition } from './zone-changes.ts'
import type { Clock } from '#platform/clock.ts'
import { createMutex } from '#platform/mutex.ts'

const MAX_ATTEMPTS = 8
const BACKOFF_MS = 15
/** Interval of the registration: producers without events for a day are deleted by `pruneEvents`. */
const REGISTER_EVERY_MS = 60 * 60_000

/** Adds an event to the current transaction. */
export type Append = (event: KickstandEvent) => void

/**
 * All writes go through this. Each process is one producer: its commits run one after the other, and its events are
 * numbered 1, 2, 3 … in commit order without gaps. A consumer that keeps the last number per producer therefore misses
 * nothing, whatever the engine's own counters do and however the commits of different processes interleave
 * (docs/decisions/0003-event-tail.md).
 */
export type EventLog = {
  readonly producer: string
  /**
   * Runs `work` in one transaction together with the events that it appends. Deadlocks and lock timeouts are retried,
   * so `work` may run more than once and must not keep state between runs.
   */
  commit<T>(work: (tx: Tx, append: Append) => Promise<T>): Promise<T>
  /**
   * Inserts rows and an event about them in one transaction, unless there are rows that match `unless`: then nothing is
   * inserted and these are returned. Cheaper than `commit`, since it is one call.
   */
  insertUnless<T extends keyof Schema>(
    unless: Lookup<T>,
    inserts: readonly RowInsert[],
    event: Exclude<KickstandEvent, { type: 'zones' }>,
  ): Promise<readonly Row<T>[]>
  /** Adds a listener for the events of every commit of this process, in order. */
  onCommitted(listener: (events: readonly LoggedEvent[]) => void): void
  /** Resolves once all running commits have succeeded or failed. */
  drain(): Promise<void>
}

const EVENT_COLUMNS = ['producer', 'seq', 'at', 'type', 'payload'] as const

/** Runs a transaction once, recording in `attempt` what it writes. */
type Run<T> = (attempt: Attempt<T>, positionFirst: boolean) => Promise<T>

/** One attempt at a transaction: its events, and the result of `work` once only the commit was left to do. */
type Attempt<T> = { readonly events: LoggedEvent[]; written: { readonly value: T } | null }

/**
 * The event log of this process. `producer` is its unique id; `clock` is in epoch milliseconds; `sleep` waits before
 * a transaction is repeated.
 */
export function createEventLog(
  { db, engine }: Database,
  clock: Clock,
  producer: string,
  sleep: (ms: number) => Promise<void>,
): EventLog {
  const listeners: ((events: readonly LoggedEvent[]) => void)[] = []
  let lastSeq = 0
  let registeredAt = Number.NEGATIVE_INFINITY
  const mutex = createMutex()
  /** The attempt whose commit has an unknown outcome: its events may be stored. */
  let inDoubt: { readonly events: readonly LoggedEvent[] } | null = null

  async function runWork<T>(
    work: (tx: Tx, append: Append) => Promise<T>,
    attempt: Attempt<T>,
    positionFirst: boolean,
  ): Promise<T> {
    return db.transaction().execute(async (tx) => {
      const at = clock()
      const position = positionFirst ? await nextPosition(tx) : null
      const value = await work(tx, (event) => {
        attempt.events.push({ producer, seq: lastSeq + attempt.events.length + 1, at, event })
      })
      if (attempt.events.length > 0) {
        if (mustRegister(at)) {
          await engine
            .ignoringDuplicates(tx.insertInto('event_producers').values({ id: producer, started_at: at }))
            .execute()
        }
        await insertEvents(tx, attempt.events)
        const zoneIds = zonesIn(attempt.events)
        if (zoneIds.length > 0) await recordZoneChanges(tx, zoneIds, position ?? (await nextPosition(tx)), at)
      }
      attempt.written = { value }
      return value
    })
  }

  function mustRegister(at: number): boolean {
    return Math.abs(at - registeredAt) > REGISTER_EVERY_MS
  }

  async function runInserts<T extends keyof Schema>(
    unless: Lookup<T>,
    inserts: readonly RowInsert[],
    event: KickstandEvent,
    attempt: Attempt<readonly Row<T>[]>,
  ): Promise<readonly Row<T>[]> {
    const logged = { producer, seq: lastSeq + 1, at: clock(), event }
    attempt.events.push(logged)
    const found = await engine.insertUnless(
      db,
      unless,
      [...inserts, ...(mustRegister(logged.at) ? [rowOfProducer(producer, logged.at)] : []), rowOfEvent(logged)],
      () => {
        attempt.written = { value: [] }
      },
    )
    if (found.length > 0) attempt.events.length = 0
    return found
  }

  /** Whether the commit in doubt was committed: either all of its events are stored or none. */
  async function wasCommitted(): Promise<boolean> {
    const row = await db
      .selectFrom('events')
      .select(({ fn }) => fn.max('seq').as('seq'))
      .where('producer', '=', producer)
      .executeTakeFirst()
    return Number(row?.seq ?? 0) > lastSeq
  }

  /**
   * Publishes the commit in doubt if it was committed, and returns whether it was. While the engine does not respond,
   * it stays in doubt.
   */
  async function resolveInDoubt(): Promise<boolean> {
    try {
      if (inDoubt === null || !(await wasCommitted())) return false
      publish(inDoubt.events)
      return true
    } catch (error) {
      if (engine.isConnectionLost(error)) return false
      throw error
    }
  }

  async function runWithRetries<T>(run: Run<T>): Promise<T> {
    // An earlier commit may have given up in doubt: its numbers are used, or free for this one.
    await resolveInDoubt()
    /** The result of the attempt in doubt of this call: returned if that was committed. */
    let unanswered: Attempt<T>['written'] = null
    // Taken last, the position row is locked briefly. An engine that rejects locking a row that changed since the
    // transaction began would reject that in every attempt; therefore a retry takes it first.
    let positionFirst = false
    for (let attempts = 1; ; attempts += 1) {
      const attempt: Attempt<T> = { events: [], written: null }
      try {
        const value = await run(attempt, positionFirst)
        // Nothing to write: the attempt in doubt may have been committed since it was checked.
        if (attempt.events.length === 0 && unanswered !== null && (await resolveInDoubt())) return unanswered.value
        publish(attempt.events)
        return value
      } catch (error) {
        // Duplicate numbers: the engine completed the commit in doubt meanwhile.
        const overtaken = inDoubt !== null && engine.isDuplicate(error)
        const lost = engine.isConnectionLost(error)
        positionFirst = zonesIn(attempt.events).length > 0
        if (lost && attempt.written !== null && attempt.events.length > 0) {
          inDoubt = attempt
          unanswered = attempt.written
        }
        if (attempts >= MAX_ATTEMPTS || !(lost || overtaken || engine.isRetryable(error))) throw error
        if (!overtaken) await sleep(BACKOFF_MS * 2 ** attempts)
        const wasResolved = await resolveInDoubt()
        if (wasResolved && unanswered !== null) return unanswered.value
        if (overtaken && !wasResolved) throw error
      }
    }
  }

  function publish(events: readonly LoggedEvent[]): void {
    if (events.length === 0) return
    // Whichever commit it was: the numbers of the one in doubt are used now.
    inDoubt = null
    registeredAt = events[0].at
    lastSeq += events.length
    for (const listener of listeners) listener(events)
  }

  const enqueue = <T>(run: Run<T>): Promise<T> => mutex.run(() => runWithRetries(run))

  return {
    producer,
    commit: (work) => enqueue((attempt, positionFirst) => runWork(work, attempt, positionFirst)),
    insertUnless: (unless, inserts, event) => enqueue((attempt) => runInserts(unless, inserts, event, attempt)),
    onCommitted(listener) {
      listeners.push(listener)
    },
    drain: () => mutex.run(async () => undefined),
  }
}

async function insertEvents(tx: Tx, events: readonly LoggedEvent[]): Promise<void> {
  for (const run of chunks(events)) await tx.insertInto('events').values(run.map(toRow)).execute()
}

function rowOfEvent(logged: LoggedEvent): RowInsert {
  const row = toRow(logged)
  const values = EVENT_COLUMNS.map((column) => row[column])
  return { table: 'events', columns: EVENT_COLUMNS, rows: [values], ignoresDuplicates: false }
}

function rowOfProducer(id: string, at: number): RowInsert {
  return { table: 'event_producers', columns: ['id', 'started_at'], rows: [[id, at]], ignoresDuplicates: true }
}

/** The ids of the zones in some events, each once. */
function zonesIn(events: readonly LoggedEvent[]): string[] {
  return [...new Set(events.flatMap(({ event }) => (event.type === 'zones' ? event.zoneIds : [])))]
}

function toRow({ producer, seq, at, event }: LoggedEvent): EventsTable {
  const { type, ...payload } = event
  return { producer, seq, at, type, payload: JSON.stringify(payload) }
}
