import { isCurrentObservation, type Observation } from '@kickstand/domain'
import { createPackedLogs } from './packed-logs.ts'
import { createZoneLog, hasUpTo, advanceCut, REMEMBERED_MS, insertObservation, type ZoneLog } from './zone-log.ts'

/** Open logs at a time: those of the zones that were reported on last. */
const MAX_OPEN_LOGS = 8192
/** A log with more observations than this stays open: reopening it would delay the next report. */
const MAX_CLOSABLE_OBSERVATIONS = 500

/** The log of each row. All are packed except those that are open for writing. */
export type ZoneLogs = {
  has(row: number): boolean
  /** The log of a row, for writing. */
  open(row: number): ZoneLog
  /** The log of a row, for reading; the open one if there is one. */
  read(row: number): ZoneLog
  /**
   * Appends an observation without opening the log, if it is certain to come last and to count. Returns whether it was
   * appended; if not, open the log and insert it.
   */
  appendIfNewest(row: number, seen: Observation): boolean
  /** Adds an observation that is not there yet, in any order. */
  append(row: number, seen: Observation): void
  forget(row: number): void
  /** Rows with observations up to `time` that are not in their checkpoints. */
  rowsUpTo(time: number): number[]
  /**
   * Applies a row's advanced cutoff: drops what is not needed after it. Returns whether it had observations up to
   * there.
   */
  cut(row: number): boolean
  /** All rows with observations. */
  rows(): number[]
  /** Allocates capacity for so many rows. */
  reserve(rows: number): void
}

/** `cutAt` gives the cutoff of a row (epoch milliseconds): observations up to it are not replayed. */
export function createZoneLogs(cutAt: (row: number) => number): ZoneLogs {
  const packed = createPackedLogs()
  /** In the order of opening. */
  const openLogs = new Map<number, ZoneLog>()

  function closeOne(): void {
    for (const [row, log] of openLogs) {
      openLogs.delete(row)
      if (log.seen.length > MAX_CLOSABLE_OBSERVATIONS) openLogs.set(row, log)
      else for (const seen of log.seen) packed.append(row, seen)
      return
    }
  }

  const unpack = (row: number): ZoneLog => createZoneLog(cutAt(row), packed.read(row))
  const has = (row: number): boolean => (openLogs.get(row)?.seen.length ?? 0) > 0 || packed.has(row)

  return {
    has,
    open(row) {
      const known = openLogs.get(row)
      if (known !== undefined) return known
      const log = unpack(row)
      packed.clear(row)
      openLogs.set(row, log)
      if (openLogs.size > MAX_OPEN_LOGS) closeOne()
      return log
    },
    read: (row) => openLogs.get(row) ?? unpack(row),
    appendIfNewest: (row, seen) =>
      isCurrentObservation(seen) &&
      seen.eventOrder > cutAt(row) &&
      !openLogs.has(row) &&
      packed.appendIfNewest(row, seen),
    append(row, seen) {
      const log = openLogs.get(row)
      if (log !== undefined) insertObservation(log, seen)
      else if (seen.eventOrder > cutAt(row) - REMEMBERED_MS) packed.append(row, seen)
    },
    forget(row) {
      openLogs.delete(row)
      packed.clear(row)
    },
    rowsUpTo: (time) => [
      ...[...openLogs].filter(([, log]) => hasUpTo(log, time)).map(([row]) => row),
      ...packed.rows().filter((row) => packed.hasBetween(row, cutAt(row), time)),
    ],
    cut(row) {
      const log = openLogs.get(row)
      const to = cutAt(row)
      const had =
        log === undefined ? packed.hasBetween(row, -Infinity, to) : log.seen.some(({ eventOrder }) => eventOrder <= to)
      if (log !== undefined) advanceCut(log, to)
      else if (had) packed.drop(row, to - REMEMBERED_MS)
      return had
    },
    rows: () => [...openLogs.keys(), ...packed.rows()],
    reserve: packed.reserve,
  }
}
