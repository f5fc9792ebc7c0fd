import type { KickstandEvent, LoggedEvent } from './events.ts'
import { chunks } from './chunks.ts'
import type { Database } from './open-database.ts'
import type { Found, Lookup, RowInsert } from './row-inserts.ts'
import type { EventsTable, Schema, Tx } from './schema.ts'
import { noteChanges, takePosition } from './zone-changes.ts'
import type { Clock } from '#platform/clock.ts'

const TRIES = 8
const BACKOFF_MS = 15
/** A writer that has been silent for a day is forgotten: long before, it makes itself known again. */
const KNOWN_FOR_MS = 60 * 60_000

/** Adds an event to the transaction that is being written. */
export type Append = (event: KickstandEvent) => void

/**
 * The one way to write. Each process is one writer: its commits run one after the other, and its events are numbered
 * 1, 2, 3 … in commit order without a gap. A reader that keeps the last number per writer therefore misses nothing, whatever
 * the engine does with its own counters and however the commits of different processes interleave
 * (docs/decisions/0003-event-tail.md).
 */
export type EventLog = {
  readonly writer: string
  /**
   * Runs `work` in one transaction together with the events that it appends. Deadlocks and lock waits are tried again, so
   * `work` may run more than once and must start from nothing each time.
   */
  commit<T>(work: (tx: Tx, append: Append) => Promise<T>): Promise<T>
  /**
   * Stores rows and an event that speaks of them in one transaction; where rows are there already that `unless` looks up,
   * nothing, and gives those. Cheaper than `commit`, since all of it is handed over at once.
   */
  insertUnless<T extends keyof Schema>(
    unless: Lookup<T>,
    inserts: readonly RowInsert[],
    event: Exclude<KickstandEvent, { type: 'zones' }>,
  ): Promise<readonly Found<T>[]>
  /** Hears the events of every commit of this process, in order, right after it. */
  onCommitted(listener: (events: readonly LoggedEvent[]) => void): void
  /** Resolves once everything begun has been committed or has failed. */
  drain(): Promise<void>
}

const EVENT_COLUMNS = ['writer', 'seq', 'at', 'type', 'payload'] as const

/** Runs a transaction once, noting in `attempt` what it writes. */
type Run<T> = (attempt: Attempt<T>, positionFirst: boolean) => Promise<T>

/** One try at a transaction: its events, and what `work` gave once only the commit was left to do. */
type Attempt<T> = { readonly events: LoggedEvent[]; written: { readonly value: T } | null }

export function createEventLog(
  { db, engine }: Database,
  clock: Clock,
  writer: string,
  sleep: (ms: number) => Promise<void>,
): EventLog {
  const listeners: ((events: readonly LoggedEvent[]) => void)[] = []
  let lastSeq = 0
  let registeredAt = Number.NEGATIVE_INFINITY
  let mutex: Promise<unknown> = Promise.resolve()
  /** The attempt whose commit was not answered: its events may be there. */
  let inDoubt: { readonly events: readonly LoggedEvent[] } | null = null

  async function runWork<T>(
    work: (tx: Tx, append: Append) => Promise<T>,
    attempt: Attempt<T>,
    positionFirst: boolean,
  ): Promise<T> {
    return db.transaction().execute(async (tx) => {
      const at = clock()
      const taken = positionFirst ? await takePosition(tx) : null
      const value = await work(tx, (event) => {
        attempt.events.push({ writer, seq: lastSeq + attempt.events.length + 1, at, event })
      })
      if (attempt.events.length > 0) {
        if (mustRegister(at)) {
          await engine
            .ignoringDuplicates(tx.insertInto('event_producers').values({ id: writer, started_at: at }))
            .execute()
        }
        await insertEvents(tx, attempt.events)
        const zoneIds = zonesIn(attempt.events)
        if (zoneIds.length > 0) await noteChanges(tx, zoneIds, taken ?? (await takePosition(tx)), at)
      }
      attempt.written = { value }
      return value
    })
  }

  function mustRegister(at: number): boolean {
    return Math.abs(at - registeredAt) > KNOWN_FOR_MS
  }

  async function runInserts<T extends keyof Schema>(
    unless: Lookup<T>,
    inserts: readonly RowInsert[],
    event: KickstandEvent,
    attempt: Attempt<readonly Found<T>[]>,
  ): Promise<readonly Found<T>[]> {
    const logged = { writer, seq: lastSeq + 1, at: clock(), event }
    attempt.events.push(logged)
    const found = await engine.insertUnless(
      db,
      unless,
      [...inserts, ...(mustRegister(logged.at) ? [rowOfWriter(writer, logged.at)] : []), rowOfEvent(logged)],
      () => {
        attempt.written = { value: [] }
      },
    )
    if (found.length > 0) attempt.events.length = 0
    return found
  }

  /** Whether the commit whose answer was lost took place: its events are there, or none of it is. */
  async function tookPlace(): Promise<boolean> {
    const row = await db
      .selectFrom('events')
      .select(({ fn }) => fn.max('seq').as('seq'))
      .where('writer', '=', writer)
      .executeTakeFirst()
    return Number(row?.seq ?? 0) > lastSeq
  }

  /**
   * Publishes the commit in doubt if it took place after all, and returns whether it did. While the engine cannot be asked,
   * the doubt stays.
   */
  async function resolveInDoubt(): Promise<boolean> {
    try {
      if (inDoubt === null || !(await tookPlace())) return false
      publish(inDoubt.events)
      return true
    } catch (error) {
      if (engine.isConnectionLost(error)) return false
      throw error
    }
  }

  async function commitNow<T>(run: Run<T>): Promise<T> {
    // Left by an earlier commit that gave up while the engine was away: its numbers are taken, or free for this one.
    await resolveInDoubt()
    /** What this commit gave in the try whose answer was lost: it counts if that try took place. */
    let unanswered: Attempt<T>['written'] = null
    // Taken last, the position of zones is locked for a moment only. An engine that refuses to lock what has changed since
    // the transaction began would refuse that again and again; tried again, it is therefore taken first.
    let positionFirst = false
    for (let tried = 1; ; tried += 1) {
      const attempt: Attempt<T> = { events: [], written: null }
      try {
        const value = await run(attempt, positionFirst)
        // Nothing was left to write: the try in doubt may have done it between our look and this one.
        if (attempt.events.length === 0 && unanswered !== null && (await resolveInDoubt())) return unanswered.value
        publish(attempt.events)
        return value
      } catch (error) {
        // Taken numbers: the engine went on with the commit in doubt while we tried again.
        const overtaken = inDoubt !== null && engine.isDuplicate(error)
        const lost = engine.isConnectionLost(error)
        positionFirst = zonesIn(attempt.events).length > 0
        if (lost && attempt.written !== null && attempt.events.length > 0) {
          inDoubt = attempt
          unanswered = attempt.written
        }
        if (tried >= TRIES || !(lost || overtaken || engine.isRetryable(error))) throw error
        if (!overtaken) await sleep(BACKOFF_MS * 2 ** tried)
        const settled = await resolveInDoubt()
        if (settled && unanswered !== null) return unanswered.value
        if (overtaken && !settled) throw error
      }
    }
  }

  function publish(events: readonly LoggedEvent[]): void {
    if (events.length === 0) return
    // Whichever commit it was: the numbers of one in doubt have been taken now.
    inDoubt = null
    registeredAt = events[0].at
    lastSeq += events.length
    for (const listener of listeners) listener(events)
  }

  function inTurn<T>(run: Run<T>): Promise<T> {
    const done = mutex.then(() => commitNow(run))
    mutex = done.catch(() => undefined)
    return done
  }

  return {
    writer,
    commit: (work) => inTurn((attempt, positionFirst) => runWork(work, attempt, positionFirst)),
    insertUnless: (unless, inserts, event) => inTurn((attempt) => runInserts(unless, inserts, event, attempt)),
    onCommitted(listener) {
      listeners.push(listener)
    },
    async drain() {
      await mutex
    },
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

function rowOfWriter(id: string, at: number): RowInsert {
  return { table: 'event_producers', columns: ['id', 'started_at'], rows: [[id, at]], ignoresDuplicates: true }
}

/** The zones that some events speak of, each once. */
function zonesIn(events: readonly LoggedEvent[]): string[] {
  return [...new Set(events.flatMap(({ event }) => (event.type === 'zones' ? event.zoneIds : [])))]
}

function toRow({ writer, seq, at, event }: LoggedEvent): EventsTable {
  const { type, ...payload } = event
  return { writer, seq, at, type, payload: JSON.stringify(payload) }
}
