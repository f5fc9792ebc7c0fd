import { LIVE_CELL_ZOOM } from '@kickstand/contract'
import {
  buildNearestIndex,
  CLOSED,
  tileNumber,
  type Area,
  type Availability,
  type Observation,
} from '@kickstand/domain'
import type { BoardZone } from './board-zone.ts'
import { createEstimates } from './estimates.ts'
import { createRowHours, type ReadHours } from './row-hours.ts'
import { createSpatial, type IndexBuilder } from './spatial.ts'
import { copyInto, createZoneBytes } from './zone-bytes.ts'

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
  id(row: number): string
  lat(row: number): number
  lng(row: number): number
  capacity(row: number): number | null
  filters(row: number): number
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
  retract(zoneId: string, reportId: string): void
  /** What a rider is told of a row at `time` (epoch milliseconds): `closed` outside of its opening hours. */
  availability(row: number, time: number): Availability
  hasObservations(row: number): boolean
  /** Whether the zone has opening hours that it may be closed by. */
  hasHours(row: number): boolean
  /** Nearest rows on the map; see `Spatial.nearest`. */
  nearest: ReturnType<typeof createSpatial>['nearest']
  inArea(area: Area): number[]
  /** Bytes of a zone's JSON without its closing brace, see `zone-bytes.ts`. */
  jsonLength(row: number): number
  copyJson(row: number, out: Buffer, at: number): number
  listen(listener: BoardListener): void
  /** Ends a first load: until then nothing is found. */
  endLoad(): Promise<void>
  dropObservationsBefore(time: number): number
  /** Grows with every change of a zone: for validators of what is made from zones alone. */
  version(): number
}

export function createBoard(
  buildIndex: IndexBuilder,
  onBuildFailed: (error: unknown) => void,
  readHours: ReadHours = () => null,
): Board {
  const rowOf = new Map<string, number>()
  const ids: string[] = []
  let capacities = new Int32Array(1024)
  let filters = new Uint16Array(1024)
  let cells = new Int32Array(1024)
  const bytes = createZoneBytes()
  const estimates = createEstimates()
  const hours = createRowHours(readHours)
  const spatial = createSpatial((a, b) => (ids[a] < ids[b] ? -1 : 1), buildIndex, onBuildFailed)
  const listeners: BoardListener[] = []
  let onMap = 0
  let version = 0

  const capacity = (row: number): number | null => (capacities[row] === 0 ? null : capacities[row])

  function newRow(id: string): number {
    const row = ids.push(id) - 1
    rowOf.set(id, row)
    if (row >= cells.length) grow(cells.length * 2)
    cells[row] = -1
    return row
  }

  function grow(size: number): void {
    capacities = copyInto(new Int32Array(size), capacities)
    filters = copyInto(new Uint16Array(size), filters)
    cells = copyInto(new Int32Array(size), cells)
  }

  function changed(row: number, fromCell: number): void {
    version += 1
    for (const listener of listeners) listener.zone?.(row, fromCell)
  }

  function remove(id: string): void {
    const row = rowOf.get(id)
    if (row === undefined || !spatial.isPlaced(row)) return
    const from = cells[row]
    spatial.remove(row)
    cells[row] = -1
    onMap -= 1
    changed(row, from)
  }

  return {
    rows: () => ids.length,
    zones: () => onMap,
    row: (id) => rowOf.get(id),
    id: (row) => ids[row],
    lat: (row) => spatial.lats[row],
    lng: (row) => spatial.lngs[row],
    capacity,
    filters: (row) => filters[row],
    cell: (row) => cells[row],
    isOnMap: (row) => spatial.isPlaced(row),
    reserve(zoneIds, lats, lngs) {
      // At once, and with room for new ones: growing step by step leaves holes behind.
      const size = Math.ceil(Math.max(1024, zoneIds.length * 1.05))
      grow(size)
      bytes.reserve(size)
      estimates.reserve(size)
      hours.reserve(size)
      spatial.reserve(size)
      const all = Uint32Array.from({ length: zoneIds.length }, (_, i) => i)
      for (const i of buildNearestIndex(all, lats, lngs).rows) newRow(zoneIds[i])
    },
    put(zone) {
      if (zone.status === 'retired') return remove(zone.id)
      const row = rowOf.get(zone.id) ?? newRow(zone.id)
      const from = cells[row]
      if (!spatial.isPlaced(row)) onMap += 1
      const before = capacities[row]
      capacities[row] = zone.capacity ?? 0
      filters[row] = zone.filters
      cells[row] = tileNumber(zone.lat, zone.lng, LIVE_CELL_ZOOM)
      bytes.set(row, zone.head, zone.traits)
      hours.set(row, zone.openingHours, zone.lat, zone.lng)
      spatial.place(row, zone.lat, zone.lng)
      if (before !== capacities[row] && estimates.isObserved(row)) estimates.refold(row, capacity(row))
      changed(row, from)
    },
    forget(id) {
      remove(id)
      const row = rowOf.get(id)
      if (row !== undefined) estimates.forget(row)
    },
    observe(zoneId, seen) {
      const row = rowOf.get(zoneId)
      if (row === undefined) return
      if (!estimates.add(row, capacity(row), seen)) return
      for (const listener of listeners) listener.availability?.(row)
    },
    retract(zoneId, reportId) {
      const row = rowOf.get(zoneId)
      if (row === undefined || !estimates.retract(row, capacity(row), reportId)) return estimates.refuse(reportId)
      for (const listener of listeners) listener.availability?.(row)
    },
    availability: (row, time) => (hours.isClosed(row, time) ? CLOSED : estimates.at(row, capacity(row), time)),
    hasHours: (row) => hours.has(row),
    hasObservations: (row) => estimates.isObserved(row),
    nearest: (lat, lng, metres, limit, accept) => spatial.nearest(lat, lng, metres, limit, accept),
    inArea: (area) => spatial.inArea(area),
    jsonLength: (row) => bytes.length(row),
    copyJson: (row, out, at) => bytes.copy(row, out, at),
    listen(listener) {
      listeners.push(listener)
    },
    async endLoad() {
      bytes.compact()
      await spatial.rebuild()
    },
    dropObservationsBefore: (time) => estimates.dropBefore(time),
    version: () => version,
  }
}
