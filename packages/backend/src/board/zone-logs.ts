import { isOfThePresent, type Observation } from '@kickstand/domain'
import { createPackedLogs } from './packed-logs.ts'
import { createZoneLog, hasUpTo, moveCut, REMEMBERED_MS, take, type ZoneLog } from './zone-log.ts'

/** Logs that are open at once: those of the zones that were reported on last. */
const MOST_OPEN = 8192
/** A log with more observations than this stays open: to open it again would hold up the next report. */
const EXPENSIVE_REPLAY = 500

/** The log of each row, packed but for the few that are being written. */
export type ZoneLogs = {
  has(row: number): boolean
  /** The log of a row, to be written to. */
  open(row: number): ZoneLog
  /** The log of a row, to be read; the row's own where that is open. */
  read(row: number): ZoneLog
  /**
   * Puts in an observation of the present that stands last and counts, whatever is there, without opening the log. Returns
   * whether it was sure to: else the log must be opened for it.
   */
  appendNews(row: number, seen: Observation): boolean
  /** Puts in an observation that is not there yet, in any order. */
  append(row: number, seen: Observation): void
  forget(row: number): void
  /** Rows with observations up to a moment that their checkpoints do not hold. */
  rowsUpTo(time: number): number[]
  /** The cut of a row has moved on: drops what is not needed after it. Returns whether it had anything up to there. */
  cut(row: number): boolean
  /** All rows that have something. */
  rows(): number[]
  /** Makes room for so many rows at once. */
  reserve(rows: number): void
}

/** `cutAt` tells up to which moment a row's observations are folded no more (epoch milliseconds). */
export function createZoneLogs(cutAt: (row: number) => number): ZoneLogs {
  const packed = createPackedLogs()
  /** The one that was opened longest ago first. */
  const opened = new Map<number, ZoneLog>()

  function closeOne(): void {
    for (const [row, log] of opened) {
      opened.delete(row)
      if (log.seen.length > EXPENSIVE_REPLAY) opened.set(row, log)
      else for (const seen of log.seen) packed.append(row, seen)
      return
    }
  }

  const unpack = (row: number): ZoneLog => createZoneLog(cutAt(row), packed.read(row))
  const has = (row: number): boolean => (opened.get(row)?.seen.length ?? 0) > 0 || packed.has(row)

  return {
    has,
    open(row) {
      const known = opened.get(row)
      if (known !== undefined) return known
      const log = unpack(row)
      packed.clear(row)
      opened.set(row, log)
      if (opened.size > MOST_OPEN) closeOne()
      return log
    },
    read: (row) => opened.get(row) ?? unpack(row),
    appendNews: (row, seen) =>
      isOfThePresent(seen) && seen.eventOrder > cutAt(row) && !opened.has(row) && packed.appendNews(row, seen),
    append(row, seen) {
      const log = opened.get(row)
      if (log !== undefined) take(log, seen)
      else if (seen.eventOrder > cutAt(row) - REMEMBERED_MS) packed.append(row, seen)
    },
    forget(row) {
      opened.delete(row)
      packed.clear(row)
    },
    rowsUpTo: (time) => [
      ...[...opened].filter(([, log]) => hasUpTo(log, time)).map(([row]) => row),
      ...packed.rows().filter((row) => packed.hasBetween(row, cutAt(row), time)),
    ],
    cut(row) {
      const log = opened.get(row)
      const to = cutAt(row)
      const had =
        log === undefined ? packed.hasBetween(row, -Infinity, to) : log.seen.some(({ eventOrder }) => eventOrder <= to)
      if (log !== undefined) moveCut(log, to)
      else if (had) packed.drop(row, to - REMEMBERED_MS)
      return had
    },
    rows: () => [...opened.keys(), ...packed.rows()],
    reserve: packed.reserve,
  }
}
