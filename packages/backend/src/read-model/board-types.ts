import type { Area, Availability, Observation, Permit, Sighting, Vehicle, ZoneRules } from '@kickstand/domain'
import type { Checkpoint } from './apply-observation.ts'
import type { BoardZone } from './board-zone.ts'
import type { NextCheckpoint } from './estimate-types.ts'
import type { Reporters } from './reporters.ts'
import type { RowPriors, StoredPrior } from './row-priors.ts'
import type { RulesAnswer } from './row-rules.ts'
import type { createSpatial } from './spatial.ts'

/** A change of a row: of its availability, or of the zone itself (`fromCell` is the cell that it was in). */
export type BoardListener = {
  availability?: (row: number) => void
  zone?: (row: number, fromCell: number) => void
}

/** The zones of the board by row: facts, parking rules, ready JSON, and changes. */
export type ZoneReader = {
  /** Rows in use, including zones that are not on the map. */
  readonly rows: () => number
  /** Zones on the map. */
  readonly zones: () => number
  row(id: string): number | undefined
  /** The row of a zone; for a merged zone, that of the zone it was merged into. */
  resolveRow(id: string): number | undefined
  id(row: number): string
  /** Compares the ids of two rows without creating strings. */
  compareIds(a: number, b: number): number
  lat(row: number): number
  lng(row: number): number
  capacity(row: number): number | null
  /** Filter bits, see `filter-bits.ts`. */
  filters(row: number): number
  /** The parking rules of a row, as parsed. */
  law(row: number): ZoneRules
  /** The parking rules of a row for a vehicle with these permits at `time` (epoch milliseconds). */
  rules(row: number, vehicle: Vehicle, permits: readonly Permit[], time: number): RulesAnswer
  /** Number of the live cell of the zone, -1 for a zone that is not on the map. */
  cell(row: number): number
  isOnMap(row: number): boolean
  /** Whether the zone can be closed: it has opening hours or is blocked. */
  hasHours(row: number): boolean
  /** Length in bytes of a zone's JSON without its closing brace, see `zone-bytes.ts`. */
  jsonLength(row: number): number
  prefetchJson(row: number): void
  copyJson(row: number, out: Buffer, at: number): number
  /** The facts of a row that lists leave out, as members of a JSON object: `,"tariff":null`. */
  details(row: number): string
  listen(listener: BoardListener): void
  /** Increases with every change of a zone: for ETags of responses that depend on zones only. */
  version(): number
}

/** Searches among the zones on the map. */
export type ZoneSearch = {
  /** Nearest rows on the map; see `Spatial.nearest`. */
  nearest: ReturnType<typeof createSpatial>['nearest']
  inArea(area: Area): number[]
}

/** The estimates of the board by row. */
export type EstimateReader = {
  /**
   * The availability of a row at `time` as known at `now` (epoch milliseconds; `now` defaults to `time`). `closed`
   * outside of its opening hours and while it is blocked.
   */
  availability(row: number, time: number, now?: number): Availability
  /** The same at `now` for the rider who made the sighting `own`: it is used unless there is a newer one. */
  availabilityFor(row: number, now: number, own: Sighting): Availability
  hasObservations(row: number): boolean
  /** Whether a prior learned from nearby zones gives an estimate for a row without observations. */
  hasLearnedPrior(row: number): boolean
  /** Rows with observations up to `cutAt` that are not in their checkpoints. */
  rowsToCheckpoint(cutAt: number): number[]
  /** The checkpoint of a row. */
  checkpoint(row: number): Checkpoint | null
  /** The places whose priors may apply to a row, nearest first. */
  places(row: number): readonly number[]
  hasPriorNumber(number: number): boolean
  /** The active priors, by number. */
  readonly priors: RowPriors['priors']
  /** The checkpoint of a row at `cutAt`; see `Estimates.checkpointAt`. */
  checkpointAt(row: number, cutAt: number): NextCheckpoint | null
  /** A row's estimate as bytes. Servers with the same observations have the same bytes. */
  estimateBytes(row: number): Uint8Array
  readonly reporters: Reporters
}

/** Changes the board. Only the first load and the event tail use it. */
export type BoardWriter = {
  /** Sets the zone that a zone was merged into; null for a zone that was not merged. */
  setMergedInto(id: string, into: string | null): void
  /**
   * Assigns rows to zones before the first load. Rows are assigned in spatial order: neighbours are then adjacent in
   * every column, and a search of a large board touches little memory.
   */
  reserve(ids: readonly string[], lats: Float64Array, lngs: Float64Array): void
  put(zone: BoardZone): void
  /** Removes a zone that was deleted from the database, with its observations. */
  forget(id: string): void
  observe(zoneId: string, seen: Observation): void
  /** Notes that a sensor repeated its last reading at `at` (epoch milliseconds). */
  confirm(zoneId: string, at: number): void
  retract(zoneId: string, reportId: string): void
  /** Replaces a report by the same one of another reporter. */
  replace(zoneId: string, seen: Observation): void
  /** Ends the first load. Before that, searches find nothing. */
  endLoad(): Promise<void>
  /** Sets the stored checkpoint of a zone. */
  restore(zoneId: string, checkpoint: Checkpoint): void
  /** Adds a stored observation that is not there yet, without notifying listeners. */
  load(zoneId: string, seen: Observation): void
  /** Activates priors. */
  putPriors(priors: readonly StoredPrior[]): void
  /**
   * Computes the checkpoint that a server has stored for a zone with this capacity and prior, and continues from it.
   */
  advance(zoneId: string, capacity: number | null, prior: number, cutAt: number): void
  /** Notes that all zones have their checkpoints up to `cutAt` (epoch milliseconds). */
  advanceCutoff(cutAt: number): void
}

/**
 * The read model: every zone with its estimate, in memory, one row each. Rows are never reused, so a row number stays
 * valid for the lifetime of the process. All read requests are answered from here. Only the event tail changes it.
 */
export type Board = ZoneReader & ZoneSearch & EstimateReader & BoardWriter
