import {
  answerOutlook,
  answerZone,
  CONSTANTS,
  createState,
  isSightingInEffect,
  EXPECTED_MINUTES,
  encodeZone,
  isFromSensor,
  isCurrentObservation,
  latestOf,
  NOTHING_KNOWN,
  OUTLOOK,
  ownOrNewer,
  OUTLOOK_SIZE,
  OUTLOOK_TIME,
  OUTLOOK_TIMES,
  stateOfSighting,
  weekPoint,
  withSighting,
  writeOutlook,
  type Availability,
  type AnswerSource,
  type EstimatorState,
  type Observation,
  type ExpectedSoon,
  type Sighting,
} from '@kickstand/domain'
import { createCheckpoints } from './checkpoints.ts'
import { createEarlyRetractions } from './early-retractions.ts'
import type { Estimates } from './estimate-types.ts'
import { BLANK, createLoadedRows, BORROWED_PLACE, NOT_LOADED } from './loaded-rows.ts'
import { createNextCheckpoints } from './next-checkpoint.ts'
import type { RowClocks } from './row-clocks.ts'
import { createRowOutlooks } from './row-outlooks.ts'
import { createRowPriors, type RowPriors } from './row-priors.ts'
import { createRowSightings } from './row-sightings.ts'
import { clearRow, applyObservation, startFrom } from './apply-observation.ts'
import { insertObservation, removeObservation, type ZoneLog } from './zone-log.ts'
import { createZoneLogs } from './zone-logs.ts'

const MINUTE = 60_000
/** Up to so many observations, replaying them is cheaper than the memory of a loaded row. */
const MAX_BORROWED_REPLAY = 4
const FROM_HISTORY: AnswerSource = { observedAt: null, source: 'history', reports: 0 }
const FROM_RIDER: AnswerSource = { observedAt: null, source: 'rider', reports: 0 }

/**
 * An empty estimator. `clocks`: the local time of each row. `priors`: what is known of each row without
 * observations.
 */
export function createEstimates(clocks: RowClocks, priors: RowPriors = createRowPriors(() => -1)): Estimates {
  const loaded = createLoadedRows(priors.priors)
  const { state } = loaded
  /** A row without observations, which answers from its prior only. */
  const blank: EstimatorState = { ...createState(1, []), priors: priors.priors }
  const checkpoints = createCheckpoints()
  const outlooks = createRowOutlooks()
  const sightings = createRowSightings()
  const logs = createZoneLogs((row) => Math.max(cutoffAt, checkpoints.cutAt(row)))
  /** Time of the last reading, of the few rows with a sensor. */
  const sensorTimes = new Map<number, number>()
  const earlyRetractions = createEarlyRetractions()
  const nextCheckpoint = createNextCheckpoints(clocks, priors)
  let cutoffAt = 0
  /** The row that is loaded in the borrowed place (`LoadedRows.borrow`), or -1. */
  let borrower = -1

  const hourOf = (row: number) => (minute: number) => clocks.hourOfWeek(row, minute)

  /** Unloads a row; it is replayed at the next request. */
  function unload(row: number): void {
    if (row === borrower) borrower = -1
    outlooks.drop(row)
    sightings.reset(row)
    loaded.release(row, logs.has(row) || checkpoints.has(row) ? NOT_LOADED : BLANK)
  }

  function applyNext(row: number, place: number, seen: Observation): void {
    outlooks.drop(row)
    const isFirst = state.columns.at[place] === 0
    const honest = applyObservation(state, place, seen, hourOf(row))
    if (honest >= 0) sightings.note(row, seen, isFirst)
    if (!isCurrentObservation(seen)) return
    if (isFromSensor(seen)) confirm(row, seen.at)
    else loaded.countObservation(place, seen.at)
  }

  function confirm(row: number, at: number): void {
    sensorTimes.set(row, Math.max(sensorTimes.get(row) ?? 0, at))
  }

  /** Time of a row's last reading since the last cutoff, or 0. */
  function sensorSeenAt(row: number): number {
    const at = sensorTimes.get(row) ?? 0
    return at > cutoffAt ? at : 0
  }

  /** Whether there is nothing to replay: neither a checkpoint nor a counted observation. */
  const isBlank = (row: number, log: ZoneLog): boolean => !checkpoints.has(row) && log.first === log.counted.length

  /**
   * Replays a row, in a place of its own or, if that is little work, in the borrowed place, which the next replay
   * reuses.
   */
  function replay(row: number, capacity: number | null): number {
    const log = logs.read(row)
    const isLasting = log.counted.length - log.first > MAX_BORROWED_REPLAY
    const place = isLasting ? loaded.take(row) : loaded.borrow()
    if (!isLasting) borrower = -1
    state.columns.prior[place] = priors.of(row)
    sightings.reset(row)
    if (isBlank(row, log)) {
      clearRow(state, place)
      return place
    }
    startFrom(state, place, checkpoints.get(row), capacity)
    for (let i = log.first; i < log.counted.length; i += 1) applyNext(row, place, log.counted[i])
    if (!isLasting) borrower = row
    return place
  }

  /** The estimate of a row without observations, from its prior. */
  function atBlank(row: number, capacity: number | null, time: number): Availability {
    const prior = priors.learnedPriorOf(row)
    // No learned prior: nothing to compute, not even the local time.
    if (prior === 0) return NOTHING_KNOWN
    blank.columns.prior[0] = prior
    blank.columns.capacity[0] = capacity ?? 0
    const minute = time / MINUTE
    return answerZone(blank, 0, capacity, minute, clocks.hourOfWeek(row, minute), FROM_HISTORY)
  }

  /** The place of a row, which is loaded if necessary; see `replay`. */
  function placeOf(row: number, capacity: number | null): number {
    const place = loaded.place(row)
    if (place !== NOT_LOADED) return place
    return row === borrower ? BORROWED_PLACE : replay(row, capacity)
  }

  /** The place of a row's outlook for a point of its week. Requests within the same five minutes need no replay. */
  function outlookOf(row: number, capacity: number | null, point: number): number {
    const known = outlooks.find(row, point)
    if (known >= 0) return known
    const place = placeOf(row, capacity)
    loaded.markUsed(place)
    const made = outlooks.open(row)
    const { numbers, times } = outlooks.block(made)
    const within = outlooks.within(made)
    writeOutlook(state, place, capacity, point, CONSTANTS, { numbers, times }, within)
    numbers[within * OUTLOOK_SIZE + OUTLOOK.reports] = loaded.observations(place)
    times[within * OUTLOOK_TIMES + OUTLOOK_TIME.reportedAt] = loaded.newestAt(place)
    return made
  }

  /** The estimate without sightings. */
  function estimateAt(row: number, capacity: number | null, time: number): Availability {
    if (loaded.place(row) === BLANK) return atBlank(row, capacity, time)
    const minute = time / MINUTE
    const place = outlookOf(row, capacity, weekPoint(clocks.hourOfWeek(row, minute)))
    const outlook = outlooks.block(place)
    const within = outlooks.within(place)
    if (!(outlook.times[within * OUTLOOK_TIMES + OUTLOOK_TIME.at] > 0)) return atBlank(row, capacity, time)
    const byRider = outlook.times[within * OUTLOOK_TIMES + OUTLOOK_TIME.reportedAt]
    const bySensor = sensorSeenAt(row)
    const observedAt = Math.max(byRider, bySensor)
    return answerOutlook(outlook, within, capacity, minute, {
      observedAt: observedAt === 0 ? null : observedAt,
      source: observedAt === 0 ? 'history' : bySensor >= byRider ? 'sensor' : 'rider',
      reports: outlook.numbers[within * OUTLOOK_SIZE + OUTLOOK.reports],
    })
  }

  /** The estimate for some minutes after `from`, see `RowSightings.latest`. */
  function expectedAfter(row: number, capacity: number | null, from: number): ExpectedSoon | null {
    const minute = from / MINUTE + EXPECTED_MINUTES
    const place = placeOf(row, capacity)
    if (place === BLANK) return null
    const then = answerZone(state, place, capacity, minute, clocks.hourOfWeek(row, minute), FROM_RIDER)
    return then.chance === null ? null : { minutes: EXPECTED_MINUTES, state: then.state, chance: then.chance }
  }

  /** The availability of a row with a fresh sighting; `shown` if it is the one that is published. */
  function withSightingAt(
    row: number,
    capacity: number | null,
    time: number,
    estimate: Availability,
    sighting: Sighting,
    shown: boolean,
  ): Availability {
    const agrees = (stateOfSighting(sighting, capacity) ?? estimate.state) === estimate.state
    const make = (from: number): ExpectedSoon | null => expectedAfter(row, capacity, from)
    const latest =
      (shown ? sightings.latest(row, agrees, time, make) : null) ??
      latestOf(sighting, agrees, sightings.expected(row, time, make))
    return withSighting(estimate, sighting, capacity, time, latest)
  }

  return {
    add(row, seen) {
      if (earlyRetractions.take(seen.id)) return false
      const place = loaded.place(row)
      // Most reports: no other observation decides whether this one counts, so the log stays packed.
      if (logs.appendIfNewest(row, seen)) {
        if (place >= 0 && state.columns.at[place] > 0) applyNext(row, place, seen)
        else unload(row)
        return true
      }
      const log = logs.open(row)
      const wasBlank = isBlank(row, log)
      const inserted = insertObservation(log, seen)
      if (inserted === 'ignored') return false
      if (inserted === 'last' && place >= 0 && !wasBlank) applyNext(row, place, seen)
      else unload(row)
      return true
    },
    confirm,
    retract(row, id) {
      if (!logs.has(row) || !removeObservation(logs.open(row), id)) return false
      unload(row)
      return true
    },
    noteEarlyRetraction: (id) => earlyRetractions.note(id),
    replay: unload,
    forget(row) {
      sensorTimes.delete(row)
      logs.forget(row)
      checkpoints.clear(row)
      unload(row)
    },
    at(row, capacity, time, now = time) {
      // The replay determines which sighting it is, so it comes first.
      const estimate = estimateAt(row, capacity, time)
      const sighting = sightings.get(row)
      if (sighting === undefined || !isSightingInEffect(sighting, time, now)) return estimate
      return withSightingAt(row, capacity, time, estimate, sighting, true)
    },
    withOwn(row, capacity, now, own) {
      const estimate = estimateAt(row, capacity, now)
      const newest = ownOrNewer(own, sightings.get(row))
      if (!isSightingInEffect(newest, now, now)) return estimate
      return withSightingAt(row, capacity, now, estimate, newest, false)
    },
    isObserved: (row) => loaded.place(row) !== BLANK,
    reserve(rows) {
      loaded.reserve(rows)
      logs.reserve(rows)
      checkpoints.reserve(rows)
      outlooks.reserve(rows)
    },
    restore(row, checkpoint) {
      checkpoints.set(row, checkpoint)
      logs.cut(row)
      unload(row)
    },
    load(row, seen) {
      logs.append(row, seen)
      unload(row)
    },
    rowsToCheckpoint: (cutAt) => logs.rowsUpTo(cutAt),
    priorsChanged() {
      borrower = -1
      loaded.releaseAll()
      outlooks.dropAll()
      sightings.dropExpected()
    },
    checkpoint: (row) => checkpoints.get(row),
    checkpointAt(row, capacity, cutAt, prior = priors.of(row)) {
      if (!logs.has(row)) return null
      const next = nextCheckpoint(row, capacity, cutAt, prior, logs.read(row), checkpoints.get(row))
      return next === null ? null : { ...next, before: checkpoints.cutAt(row) }
    },
    advance(row, checkpoint) {
      checkpoints.set(row, checkpoint)
      logs.cut(row)
      unload(row)
    },
    advanceCutoff(cutAt) {
      cutoffAt = Math.max(cutoffAt, cutAt)
      for (const row of logs.rows()) if (logs.cut(row)) unload(row)
    },
    bytes(row, capacity) {
      const place = placeOf(row, capacity)
      return place === BLANK ? encodeZone(createState(1, state.priors), 0) : encodeZone(state, place)
    },
  }
}
