import { LIVE_CELL_ZOOM } from '@kickstand/contract'
import { buildNearestIndex, CLOSED, tileNumber } from '@kickstand/domain'
import type { HolidaysOf } from '#platform/holidays.ts'
import { createEstimates } from './estimates.ts'
import { NO_DETAILS } from './board-zone.ts'
import type { Board, BoardListener } from './board-types.ts'
import { createIdTable } from './id-table.ts'
import { createReporters } from './reporters.ts'
import { createRowClocks } from './row-clocks.ts'
import { createRowHours, type ReadHours } from './row-hours.ts'
import { createRowPriors } from './row-priors.ts'
import { createRowRules } from './row-rules.ts'
import { createSpatial, type IndexBuilder } from './spatial.ts'
import { copyInto, createZoneBytes } from './zone-bytes.ts'

/**
 * An empty board. `onBuildFailed` is told when the spatial index could not be rebuilt; the old one then stays in
 * use. Without `readHours` no zone is ever closed, and without `holidaysOf` no day is a holiday.
 */
export function createBoard(
  buildIndex: IndexBuilder,
  onBuildFailed: (error: unknown) => void,
  readHours: ReadHours = () => null,
  holidaysOf?: HolidaysOf,
): Board {
  const ids = createIdTable()
  let capacities = new Int32Array(1024)
  let cells = new Int32Array(1024)
  const bytes = createZoneBytes()
  const spatial = createSpatial(ids.compare, buildIndex, onBuildFailed)
  const clocks = createRowClocks((row) => [spatial.lats[row], spatial.lngs[row]], holidaysOf)
  const priors = createRowPriors((row) => cells[row])
  const estimates = createEstimates(clocks, priors)
  const reporters = createReporters()
  const hours = createRowHours(readHours)
  const rules = createRowRules(readHours)
  /** Epoch milliseconds until which rows are blocked; few rows are. */
  const blocked = new Map<number, number>()
  /** Details by row, where any is known; few zones have one. */
  const details = new Map<number, string>()
  const listeners: BoardListener[] = []
  /** Ids of merged zones, with the id of the zone that each was merged into. */
  const merged = new Map<string, string>()
  let onMap = 0
  let version = 0

  const capacity = (row: number): number | null => (capacities[row] === 0 ? null : capacities[row])

  const isClosed = (row: number, time: number): boolean => hours.isClosed(row, time) || time < (blocked.get(row) ?? 0)

  function newRow(id: string): number {
    const row = ids.add(id)
    if (row >= cells.length) grow(cells.length * 2)
    cells[row] = -1
    return row
  }

  function grow(size: number): void {
    capacities = copyInto(new Int32Array(size), capacities)
    cells = copyInto(new Int32Array(size), cells)
  }

  function changed(row: number, fromCell: number): void {
    version += 1
    for (const listener of listeners) listener.zone?.(row, fromCell)
  }

  function remove(id: string): void {
    const row = ids.rowOf(id)
    if (row === undefined || !spatial.isPlaced(row)) return
    const from = cells[row]
    spatial.remove(row)
    cells[row] = -1
    onMap -= 1
    changed(row, from)
  }

  return {
    rows: () => ids.size(),
    zones: () => onMap,
    row: (id) => ids.rowOf(id),
    resolveRow: (id) => ids.rowOf(merged.get(id) ?? id),
    setMergedInto(id, into) {
      if (into === null) merged.delete(id)
      else merged.set(id, into)
    },
    id: (row) => ids.id(row),
    compareIds: (a, b) => ids.compare(a, b),
    lat: (row) => spatial.lats[row],
    lng: (row) => spatial.lngs[row],
    capacity,
    filters: (row) => spatial.bits[row],
    law: (row) => rules.law(row),
    rules: (row, vehicle, permits, time) => rules.at(row, vehicle, permits, time),
    cell: (row) => cells[row],
    isOnMap: (row) => spatial.isPlaced(row),
    reserve(zoneIds, lats, lngs) {
      // Once, with room for new zones: growing step by step fragments memory.
      const size = Math.ceil(Math.max(1024, zoneIds.length * 1.05))
      grow(size)
      ids.reserve(size)
      bytes.reserve(size)
      estimates.reserve(size)
      clocks.reserve(size)
      priors.reserve(size)
      hours.reserve(size)
      rules.reserve(size)
      spatial.reserve(size)
      const all = Uint32Array.from({ length: zoneIds.length }, (_, i) => i)
      for (const i of buildNearestIndex(all, lats, lngs).rows) newRow(zoneIds[i])
    },
    put(zone) {
      if (zone.status === 'retired') return remove(zone.id)
      const row = ids.rowOf(zone.id) ?? newRow(zone.id)
      const from = cells[row]
      if (!spatial.isPlaced(row)) onMap += 1
      const before = capacities[row]
      capacities[row] = zone.capacity ?? 0
      cells[row] = tileNumber(zone.lat, zone.lng, LIVE_CELL_ZOOM)
      bytes.set(row, zone.head, zone.rules, zone.facilities)
      const isMoved = spatial.lats[row] !== zone.lat || spatial.lngs[row] !== zone.lng
      hours.set(row, zone.openingHours, zone.lat, zone.lng)
      rules.set(row, zone.law, zone.lawKey, zone.lat, zone.lng)
      spatial.place(row, zone.lat, zone.lng, zone.filters)
      if (zone.blockedUntil === null) blocked.delete(row)
      else blocked.set(row, zone.blockedUntil)
      if (zone.details === null) details.delete(row)
      else details.set(row, zone.details)
      if (isMoved) clocks.moved(row)
      const isRegrouped = priors.setKind(row, zone.kind) || from !== cells[row]
      if (isMoved || isRegrouped || before !== capacities[row]) estimates.replay(row)
      changed(row, from)
    },
    forget(id) {
      remove(id)
      const row = ids.rowOf(id)
      if (row !== undefined) estimates.forget(row)
    },
    observe(zoneId, seen) {
      const row = ids.rowOf(zoneId)
      if (row === undefined) return
      if (!estimates.add(row, seen)) return
      for (const listener of listeners) listener.availability?.(row)
    },
    confirm(zoneId, at) {
      const row = ids.rowOf(zoneId)
      if (row === undefined) return
      estimates.confirm(row, at)
      for (const listener of listeners) listener.availability?.(row)
    },
    retract(zoneId, reportId) {
      const row = ids.rowOf(zoneId)
      if (row === undefined || !estimates.retract(row, reportId)) return estimates.noteEarlyRetraction(reportId)
      for (const listener of listeners) listener.availability?.(row)
    },
    replace(zoneId, seen) {
      const row = ids.rowOf(zoneId)
      if (row === undefined) return
      estimates.retract(row, seen.id)
      if (!estimates.add(row, seen)) return
      for (const listener of listeners) listener.availability?.(row)
    },
    availability: (row, time, now = time) =>
      isClosed(row, time) ? CLOSED : estimates.at(row, capacity(row), time, now),
    availabilityFor: (row, now, own) => (isClosed(row, now) ? CLOSED : estimates.withOwn(row, capacity(row), now, own)),
    hasHours: (row) => hours.has(row) || blocked.has(row),
    hasObservations: (row) => estimates.isObserved(row),
    hasLearnedPrior: (row) => priors.learnedPriorOf(row) !== 0,
    nearest: (lat, lng, metres, limit, accept, masks) => spatial.nearest(lat, lng, metres, limit, accept, masks),
    inArea: (area) => spatial.inArea(area),
    jsonLength: (row) => bytes.length(row),
    prefetchJson: (row) => bytes.fetch(row),
    copyJson: (row, out, at) => bytes.copy(row, out, at),
    details: (row) => details.get(row) ?? NO_DETAILS,
    listen(listener) {
      listeners.push(listener)
    },
    async endLoad() {
      bytes.compact()
      await spatial.rebuild()
    },
    restore(zoneId, checkpoint) {
      const row = ids.rowOf(zoneId)
      if (row !== undefined) estimates.restore(row, checkpoint)
    },
    load(zoneId, seen) {
      const row = ids.rowOf(zoneId)
      if (row !== undefined) estimates.load(row, seen)
    },
    rowsToCheckpoint: (cutAt) => estimates.rowsToCheckpoint(cutAt),
    checkpointAt: (row, cutAt) => estimates.checkpointAt(row, capacity(row), cutAt),
    checkpoint: (row) => estimates.checkpoint(row),
    places: (row) => priors.places(row),
    hasPriorNumber: (number) => priors.has(number),
    priors: priors.priors,
    putPriors(stored) {
      priors.put(stored)
      estimates.priorsChanged()
    },
    advance(zoneId, published, prior, cutAt) {
      const row = ids.rowOf(zoneId)
      const next = row === undefined ? null : estimates.checkpointAt(row, published, cutAt, prior)
      if (row === undefined || next === null) return
      reporters.judge(next.judgements)
      estimates.advance(row, next.checkpoint)
    },
    advanceCutoff: (cutAt) => estimates.advanceCutoff(cutAt),
    estimateBytes: (row) => estimates.bytes(row, capacity(row)),
    reporters,
    version: () => version,
  }
}
