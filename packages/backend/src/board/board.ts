import { LIVE_CELL_ZOOM } from '@kickstand/contract'
import {
  buildNearestIndex,
  CLOSED,
  tileNumber,
  type Area,
  type Availability,
  type Observation,
  type Permit,
  type Sighting,
  type Vehicle,
  type ZoneRules,
} from '@kickstand/domain'
import type { HolidaysOf } from '#platform/holidays.ts'
import type { BoardZone } from './board-zone.ts'
import type { NextCheckpoint } from './estimate-types.ts'
import { createEstimates } from './estimates.ts'
import { createIdTable } from './id-table.ts'
import { createReporters, type Reporters } from './reporters.ts'
import { createRowClocks } from './row-clocks.ts'
import { createRowHours, type ReadHours } from './row-hours.ts'
import { createRowPriors, type RowPriors, type StoredPrior } from './row-priors.ts'
import { createRowRules, type ToldRules } from './row-rules.ts'
import { createSpatial, type IndexBuilder } from './spatial.ts'
import { copyInto, createZoneBytes } from './zone-bytes.ts'
import type { Checkpoint } from './apply-observation.ts'

/** What happened to a row: its figures moved, or the zone itself did (`from` is the cell it was in). */
export type BoardListener = {
  availability?: (row: number) => void
  zone?: (row: number, fromCell: number) => void
}

/**
 * The read model: every zone and its estimate, in memory, one row each. Rows are never reused, so a row number stays good
 * for as long as the process lives. All reads are answered from here; it is changed only by the event tail.
 */
export type Board = {
  /** Rows in use, zones off the map included. */
  readonly rows: () => number
  /** Zones on the map. */
  readonly zones: () => number
  row(id: string): number | undefined
  /** The row of a zone, or of the one that it turned out to be. */
  rowOfName(id: string): number | undefined
  /** Notes which zone the name of a merged one leads to; null where it is a zone of its own. */
  lead(id: string, into: string | null): void
  id(row: number): string
  /** Order of two rows' ids, without making texts of them. */
  compareIds(a: number, b: number): number
  lat(row: number): number
  lng(row: number): number
  capacity(row: number): number | null
  /** Answers to filters, see `filter-bits.ts`. */
  filters(row: number): number
  /** The law of a row as it is written. */
  law(row: number): ZoneRules
  /** The law of a row for a vehicle with these permits at `time` (epoch milliseconds). */
  rules(row: number, vehicle: Vehicle, permits: readonly Permit[], time: number): ToldRules
  /** Number of the live cell that the zone lies in, -1 where it is not on the map. */
  cell(row: number): number
  isOnMap(row: number): boolean
  /**
   * Gives rows to zones that are about to be put, before a first load. Rows are handed out by place: zones near one another
   * then lie together in every column, and a search of a large board touches little memory.
   */
  reserve(ids: readonly string[], lats: Float64Array, lngs: Float64Array): void
  put(zone: BoardZone): void
  /** Takes a zone off the map and forgets what was observed there: it is gone from the database. */
  forget(id: string): void
  observe(zoneId: string, seen: Observation): void
  /** Takes note that a machine said at `at` what it had said before. */
  confirm(zoneId: string, at: number): void
  retract(zoneId: string, reportId: string): void
  /**
   * The availability of a row at `time` as known at `now` (epoch milliseconds; `now` is `time` by default). `closed` outside of
   * its opening hours and while it is blocked.
   */
  availability(row: number, time: number, now?: number): Availability
  /** The same at `now` for the rider who made a sighting: their own is used unless there is a newer one. */
  availabilityFor(row: number, now: number, own: Sighting): Availability
  hasObservations(row: number): boolean
  /** Whether a row that nobody has seen is told of by what its neighbours have in common. */
  hasLearnedPrior(row: number): boolean
  /** Whether the zone may be closed: it has opening hours, or is blocked. */
  hasHours(row: number): boolean
  /** Nearest rows on the map; see `Spatial.nearest`. */
  nearest: ReturnType<typeof createSpatial>['nearest']
  inArea(area: Area): number[]
  /** Bytes of a zone's JSON without its closing brace, see `zone-bytes.ts`. */
  jsonLength(row: number): number
  fetchJson(row: number): void
  copyJson(row: number, out: Buffer, at: number): number
  listen(listener: BoardListener): void
  /** Ends a first load: until then nothing is found. */
  endLoad(): Promise<void>
  /** Begins the estimate of a zone from what was stored of it. */
  restore(zoneId: string, checkpoint: Checkpoint): void
  /** Puts in a stored observation that is not there yet, and tells nobody. */
  load(zoneId: string, seen: Observation): void
  /** Rows with observations up to a moment that their checkpoints do not hold. */
  rowsToCheckpoint(cutAt: number): number[]
  /** A row's checkpoint, as it is held; the places whose priors it may belong to. */
  checkpoint(row: number): Checkpoint | null
  places(row: number): readonly number[]
  hasPriorNumber(number: number): boolean
  /** Puts priors in force. */
  putPriors(priors: readonly StoredPrior[]): void
  /** What the priors in force are, by number. */
  readonly priors: RowPriors['priors']
  /** The checkpoint of a row at a moment; see `Estimates.checkpointAt`. */
  checkpointAt(row: number, cutAt: number): NextCheckpoint | null
  /** Makes the checkpoint that a server has stored of a zone with this capacity and prior, and goes on from it. */
  advance(zoneId: string, capacity: number | null, prior: number, cutAt: number): void
  /** Takes note that all zones have their checkpoints up to a moment. */
  settle(cutAt: number): void
  /** A row's estimate as bytes: two servers that agree have the same. */
  estimateBytes(row: number): Uint8Array
  readonly reporters: Reporters
  /** Grows with every change of a zone: for validators of what is made from zones alone. */
  version(): number
}

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
  /** Until when rows are blocked; there are few. */
  const blocked = new Map<number, number>()
  const listeners: BoardListener[] = []
  /** Names that lead to another zone. */
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
    rowOfName: (id) => ids.rowOf(merged.get(id) ?? id),
    lead(id, into) {
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
      // At once, and with room for new ones: growing step by step leaves holes behind.
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
      if (isMoved) clocks.moved(row)
      const isOther = priors.setKind(row, zone.kind) || from !== cells[row]
      if (isMoved || isOther || before !== capacities[row]) estimates.replay(row)
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
      if (row === undefined || !estimates.retract(row, reportId)) return estimates.refuse(reportId)
      for (const listener of listeners) listener.availability?.(row)
    },
    availability: (row, time, now = time) =>
      isClosed(row, time) ? CLOSED : estimates.at(row, capacity(row), time, now),
    availabilityFor: (row, now, own) => (isClosed(row, now) ? CLOSED : estimates.withOwn(row, capacity(row), now, own)),
    hasHours: (row) => hours.has(row) || blocked.has(row),
    hasObservations: (row) => estimates.isObserved(row),
    hasLearnedPrior: (row) => priors.answering(row) !== 0,
    nearest: (lat, lng, metres, limit, accept, masks) => spatial.nearest(lat, lng, metres, limit, accept, masks),
    inArea: (area) => spatial.inArea(area),
    jsonLength: (row) => bytes.length(row),
    fetchJson: (row) => bytes.fetch(row),
    copyJson: (row, out, at) => bytes.copy(row, out, at),
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
      estimates.relearned()
    },
    advance(zoneId, published, prior, cutAt) {
      const row = ids.rowOf(zoneId)
      const next = row === undefined ? null : estimates.checkpointAt(row, published, cutAt, prior)
      if (row === undefined || next === null) return
      reporters.judge(next.judgements)
      estimates.advance(row, next.checkpoint)
    },
    settle: (cutAt) => estimates.settle(cutAt),
    estimateBytes: (row) => estimates.bytes(row, capacity(row)),
    reporters,
    version: () => version,
  }
}
