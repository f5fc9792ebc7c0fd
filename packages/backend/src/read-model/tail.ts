import { readEventsAfter, type Cursors } from '#db/event-reader.ts'
import type { KickstandEvent, LoggedEvent } from '#db/events.ts'
import type { Database } from '#db/open-database.ts'
import type { EventConsumer } from '#db/event-consumers.ts'
import type { Clock } from '#platform/clock.ts'
import { createSharedRuns } from '#platform/shared-runs.ts'
import type { Board } from './board-types.ts'
import { reloadZones } from './load-board.ts'
import { loadPriorsOf } from './load-priors.ts'
import { refreshBoard } from './refresh-board.ts'
import { readingObservation, toObservation } from './observation-of.ts'

const EVENTS_PER_READ = 500

/**
 * Follows the events of every producer and applies them to the board. This process's own events are offered as they are
 * committed; all others, and any that were missed, are read from the database. Either way each is applied once, in its
 * producer's order.
 */
export type Tail = {
  /** Applies events that this process has just committed, without reading them back. */
  offer(events: readonly LoggedEvent[]): void
  /** Resolves when everything committed before the call is on the board. */
  catchUp(): Promise<void>
  /** There are new events: reads once more, after the running read. */
  wake(): void
  /** `catchUp`, to be called periodically: reports errors to `onError` and never rejects. */
  poll(): Promise<void>
  /** Waits for the running read and leaves the consumers of events. */
  stop(): Promise<void>
  /** When the last complete read of the events ended (`uptime`). */
  lastRead(): number
}

/**
 * Starts at `cursors`, which must be those of what the board was loaded with. `consumer` tells the other processes
 * how far this one has read.
 */
export function createTail(
  database: Pick<Database, 'db' | 'withoutTimeout'>,
  board: Board,
  cursors: Cursors,
  consumer: EventConsumer,
  uptime: Clock,
  onError: (error: unknown) => void,
): Tail {
  const { db } = database
  let stopped = false
  let lastReadAt = uptime()

  function isNext({ producer, seq }: LoggedEvent): boolean {
    return seq === (cursors.get(producer) ?? 0) + 1
  }

  const isMissing = (zoneId: string): boolean => board.row(zoneId) === undefined

  /** Zones that changed, and zones of reports and readings that are not on the board yet. */
  function zonesToRead(event: KickstandEvent): readonly string[] {
    if (event.type === 'zones') return event.zoneIds
    if (event.type === 'reports' || event.type === 'erasure')
      return event.reports.map(({ zoneId }) => zoneId).filter(isMissing)
    if (event.type === 'readings') {
      return [...event.readings, ...event.same].map(({ zoneId }) => zoneId).filter(isMissing)
    }
    return []
  }

  /** New priors, and priors of checkpoints that are not loaded yet. */
  function priorsToRead(event: KickstandEvent): readonly number[] {
    if (event.type === 'priors') return event.numbers
    if (event.type !== 'checkpoint') return []
    return event.zones.map(({ prior }) => prior ?? 0).filter((prior) => !board.hasPriorNumber(prior))
  }

  function apply({ producer, seq, event }: LoggedEvent): void {
    cursors.set(producer, seq)
    try {
      if (event.type === 'reports') {
        for (const report of event.reports) {
          const seen = toObservation(report)
          if (seen !== null) board.observe(report.zoneId, seen)
        }
      } else if (event.type === 'readings') {
        for (const one of event.readings) board.observe(one.zoneId, readingObservation(event.feedId, one))
        for (const { zoneId, at } of event.same) board.confirm(zoneId, at)
      } else if (event.type === 'erasure') {
        board.reporters.forget(new Set(event.riders))
        for (const report of event.reports) {
          const seen = toObservation(report)
          if (seen !== null) board.replace(report.zoneId, seen)
        }
      } else if (event.type === 'retraction') board.retract(event.zoneId, event.reportId)
      else if (event.type === 'checkpoint') {
        for (const { id, capacity, prior } of event.zones) board.advance(id, capacity, prior ?? 0, event.cutAt)
        if (event.isLast) board.advanceCutoff(event.cutAt)
      }
    } catch (error) {
      // An event that cannot be applied must not stop those after it.
      onError(error)
    }
  }

  /** Reloads the board: events that it has not applied may have been deleted. */
  async function startOver(): Promise<void> {
    const fresh = await refreshBoard(database, board)
    cursors.clear()
    for (const [producer, seq] of fresh) cursors.set(producer, seq)
  }

  async function readOnce(): Promise<void> {
    if (!(await consumer.keepUp(cursors))) await startOver()
    for (;;) {
      const events = await readEventsAfter(db, cursors, EVENTS_PER_READ)
      const zoneIds = new Set(events.flatMap(({ event }) => zonesToRead(event)))
      // Zones first: a report may be about a new zone.
      if (zoneIds.size > 0) await reloadZones(db, board, [...zoneIds])
      const priors = new Set(events.flatMap(({ event }) => priorsToRead(event)))
      if (priors.size > 0) await loadPriorsOf(db, board, [...priors])
      let applied = 0
      let isMissed = false
      for (const logged of events) {
        isMissed ||= logged.seq > (cursors.get(logged.producer) ?? 0) + 1
        // Own events may have been offered during the read.
        if (isMissed || !isNext(logged)) continue
        apply(logged)
        applied += 1
      }
      if (isMissed) await startOver()
      else if (applied === 0) break
    }
    lastReadAt = uptime()
  }

  const reads = createSharedRuns(readOnce)

  function wake(): void {
    if (!reads.isRequested() && !stopped) reads.run().catch(onError)
  }

  return {
    offer(events) {
      for (const logged of events) {
        if (!isNext(logged) || zonesToRead(logged.event).length + priorsToRead(logged.event).length > 0) {
          // Out of order, or it refers to rows that must be read: the database has everything in order.
          wake()
          return
        }
        apply(logged)
      }
    },
    catchUp: reads.run,
    wake,
    poll: () => reads.run().catch(onError),
    async stop() {
      stopped = true
      await reads.idle()
      await consumer.leave().catch(onError)
    },
    lastRead: () => lastReadAt,
  }
}
