import {
  answerOutlook,
  answerZone,
  CONSTANTS,
  createState,
  doesSightingRule,
  EXPECTED_MINUTES,
  priorOfZone,
  encodeZone,
  isOfMachine,
  isOfThePresent,
  latestOf,
  NOTHING_KNOWN,
  OUTLOOK,
  ownOrNewer,
  OUTLOOK_SIZE,
  OUTLOOK_TIME,
  OUTLOOK_TIMES,
  scoreReport,
  stateOfSighting,
  weekPoint,
  withSighting,
  writeOutlook,
  type Availability,
  type Basis,
  type EstimatorState,
  type Observation,
  type ExpectedSoon,
  type Score,
  type Sighting,
} from '@kickstand/domain'
import { createCheckpoints } from './checkpoints.ts'
import type { Estimates } from './estimate-types.ts'
import { BLANK, createLoadedRows, NOBODYS, NOT_LOADED } from './loaded-rows.ts'
import type { RowClocks } from './row-clocks.ts'
import { createRowOutlooks } from './row-outlooks.ts'
import { createRowPriors, type RowPriors } from './row-priors.ts'
import { createRowSightings } from './row-sightings.ts'
import { clearRow, applyAndJudge, applyObservation, startFrom, type Judgement } from './apply-observation.ts'
import { hasUpTo, take, takeOut, type ZoneLog } from './zone-log.ts'
import { createZoneLogs } from './zone-logs.ts'

const MINUTE = 60_000
/** Retractions heard of before their reports: the writers' events come in no common order. */
const REFUSED_KEPT = 10_000
/** Up to so many observations, replaying them is cheaper than the memory of a loaded row. */
const MAX_BORROWED_REPLAY = 4
const HISTORY: Basis = { observedAt: null, source: 'history', reports: 0 }
const SEEN: Basis = { observedAt: null, source: 'rider', reports: 0 }

export function createEstimates(clocks: RowClocks, priors: RowPriors = createRowPriors(() => -1)): Estimates {
  const loaded = createLoadedRows(priors.priors)
  const { state } = loaded
  /** One row to make checkpoints in, and one of which nothing is ever told but its prior. */
  const bench: EstimatorState = { ...createState(1, []), priors: priors.priors }
  const blank: EstimatorState = { ...createState(1, []), priors: priors.priors }
  const checkpoints = createCheckpoints()
  const outlooks = createRowOutlooks()
  const sightings = createRowSightings()
  const logs = createZoneLogs((row) => Math.max(settledAt, checkpoints.cutAt(row)))
  /** When a machine last said something of the few rows that have one. */
  const machines = new Map<number, number>()
  const refused = new Set<string>()
  let settledAt = 0
  /** The row in the place that is lent (`LoadedRows.borrow`), while it is still loaded there; else -1. */
  let borrower = -1

  const hourOf = (row: number) => (minute: number) => clocks.hourOfWeek(row, minute)

  /** Unloads a row; it is replayed at the next request. */
  function unload(row: number): void {
    if (row === borrower) borrower = -1
    outlooks.drop(row)
    sightings.reset(row)
    loaded.leave(row, logs.has(row) || checkpoints.has(row) ? NOT_LOADED : BLANK)
  }

  function applyNewest(row: number, place: number, seen: Observation): void {
    outlooks.drop(row)
    const isFirst = state.columns.at[place] === 0
    const honest = applyObservation(state, place, seen, hourOf(row))
    if (honest >= 0) sightings.note(row, seen, isFirst)
    if (!isOfThePresent(seen)) return
    if (isOfMachine(seen)) confirm(row, seen.at)
    else loaded.note(place, seen.at)
  }

  function confirm(row: number, at: number): void {
    machines.set(row, Math.max(machines.get(row) ?? 0, at))
  }

  /** When a machine last said something that is not yet a matter of history, else 0. */
  function toldByMachine(row: number): number {
    const at = machines.get(row) ?? 0
    return at > settledAt ? at : 0
  }

  /** Whether there is nothing to replay: neither a checkpoint nor a counted observation. */
  const isBlank = (row: number, log: ZoneLog): boolean => !checkpoints.has(row) && log.first === log.counted.length

  /** Folds a row, in a place of its own or, where that was little work, in one that is good until the next is loaded. */
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
    for (let i = log.first; i < log.counted.length; i += 1) applyNewest(row, place, log.counted[i])
    if (!isLasting) borrower = row
    return place
  }

  /** What its prior says of a row that nobody has seen. */
  function atBlank(row: number, capacity: number | null, time: number): Availability {
    const prior = priors.answering(row)
    // Where nobody has seen the neighbours either there is nothing to work out, not even the local time.
    if (prior === 0) return NOTHING_KNOWN
    blank.columns.prior[0] = prior
    blank.columns.capacity[0] = capacity ?? 0
    const minute = time / MINUTE
    return answerZone(blank, 0, capacity, minute, clocks.hourOfWeek(row, minute), HISTORY)
  }

  /** The place of a row, loaded if need be; see `replay`. */
  function placeOf(row: number, capacity: number | null): number {
    const place = loaded.place(row)
    if (place !== NOT_LOADED) return place
    return row === borrower ? NOBODYS : replay(row, capacity)
  }

  /** The place of a row's outlook for a point of its week. Further requests within these five minutes need no replay. */
  function outlookOf(row: number, capacity: number | null, point: number): number {
    const known = outlooks.find(row, point)
    if (known >= 0) return known
    const place = placeOf(row, capacity)
    loaded.use(place)
    const made = outlooks.open(row)
    const { numbers, times } = outlooks.block(made)
    const within = outlooks.within(made)
    writeOutlook(state, place, capacity, point, CONSTANTS, { numbers, times }, within)
    numbers[within * OUTLOOK_SIZE + OUTLOOK.reports] = loaded.noted(place)
    times[within * OUTLOOK_TIMES + OUTLOOK_TIME.reportedAt] = loaded.newest(place)
    return made
  }

  /** What the estimate says by itself. */
  function estimateAt(row: number, capacity: number | null, time: number): Availability {
    if (loaded.place(row) === BLANK) return atBlank(row, capacity, time)
    const minute = time / MINUTE
    const place = outlookOf(row, capacity, weekPoint(clocks.hourOfWeek(row, minute)))
    const outlook = outlooks.block(place)
    const within = outlooks.within(place)
    if (!(outlook.times[within * OUTLOOK_TIMES + OUTLOOK_TIME.at] > 0)) return atBlank(row, capacity, time)
    const byRider = outlook.times[within * OUTLOOK_TIMES + OUTLOOK_TIME.reportedAt]
    const byMachine = toldByMachine(row)
    const observedAt = Math.max(byRider, byMachine)
    return answerOutlook(outlook, within, capacity, minute, {
      observedAt: observedAt === 0 ? null : observedAt,
      source: observedAt === 0 ? 'history' : byMachine >= byRider ? 'sensor' : 'rider',
      reports: outlook.numbers[within * OUTLOOK_SIZE + OUTLOOK.reports],
    })
  }

  /** What the estimate expects of a row some minutes after `from`, see `RowSightings.latest`. */
  function expectedAfter(row: number, capacity: number | null, from: number): ExpectedSoon | null {
    const minute = from / MINUTE + EXPECTED_MINUTES
    const place = placeOf(row, capacity)
    if (place === BLANK) return null
    const then = answerZone(state, place, capacity, minute, clocks.hourOfWeek(row, minute), SEEN)
    return then.chance === null ? null : { minutes: EXPECTED_MINUTES, state: then.state, chance: then.chance }
  }

  /** What is told of a row while a sighting rules; `shown` is the one that others are shown. */
  function sightedAt(
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
      if (refused.delete(seen.id)) return false
      const place = loaded.place(row)
      // Most reports: nothing of what is there bears on whether it counts, so that need not be looked at.
      if (logs.appendNews(row, seen)) {
        if (place >= 0 && state.columns.at[place] > 0) applyNewest(row, place, seen)
        else unload(row)
        return true
      }
      const log = logs.open(row)
      const wasBlank = isBlank(row, log)
      const taken = take(log, seen)
      if (taken === 'nothing') return false
      if (taken === 'last' && place >= 0 && !wasBlank) applyNewest(row, place, seen)
      else unload(row)
      return true
    },
    confirm,
    retract(row, id) {
      if (!logs.has(row) || !takeOut(logs.open(row), id)) return false
      unload(row)
      return true
    },
    refuse(id) {
      refused.add(id)
      for (const oldest of refused) {
        if (refused.size <= REFUSED_KEPT) break
        refused.delete(oldest)
      }
    },
    replay: unload,
    forget(row) {
      machines.delete(row)
      logs.forget(row)
      checkpoints.clear(row)
      unload(row)
    },
    at(row, capacity, time, now = time) {
      // The replay determines which sighting it is, so it comes first.
      const estimate = estimateAt(row, capacity, time)
      const sighting = sightings.get(row)
      if (sighting === undefined || !doesSightingRule(sighting, time, now)) return estimate
      return sightedAt(row, capacity, time, estimate, sighting, true)
    },
    withOwn(row, capacity, now, own) {
      const estimate = estimateAt(row, capacity, now)
      const newest = ownOrNewer(own, sightings.get(row))
      if (!doesSightingRule(newest, now, now)) return estimate
      return sightedAt(row, capacity, now, estimate, newest, false)
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
    relearned() {
      borrower = -1
      loaded.leaveAll()
      outlooks.dropAll()
      sightings.dropExpected()
    },
    checkpoint: (row) => checkpoints.get(row),
    checkpointAt(row, capacity, cutAt, prior = priors.of(row)) {
      if (!logs.has(row)) return null
      const log = logs.read(row)
      if (!hasUpTo(log, cutAt)) return null
      const judgements: Judgement[] = []
      const scores: Score[] = []
      bench.columns.prior[0] = prior
      startFrom(bench, 0, checkpoints.get(row), capacity)
      for (let i = log.first; i < log.counted.length && log.counted[i].eventOrder <= cutAt; i += 1) {
        const seen = log.counted[i]
        const score = scoreReport(bench, 0, capacity, seen, clocks.hourOfWeek(row, seen.at / MINUTE))
        if (score !== null) scores.push(score)
        const judgement = applyAndJudge(bench, 0, seen, hourOf(row))
        if (judgement !== null) judgements.push(judgement)
      }
      priors.move(bench, 0, prior)
      const checkpoint = { cutAt, capacity, state: encodeZone(bench, 0) }
      return { checkpoint, prior: priorOfZone(checkpoint.state), before: checkpoints.cutAt(row), judgements, scores }
    },
    advance(row, checkpoint) {
      checkpoints.set(row, checkpoint)
      logs.cut(row)
      unload(row)
    },
    settle(cutAt) {
      settledAt = Math.max(settledAt, cutAt)
      for (const row of logs.rows()) if (logs.cut(row)) unload(row)
    },
    bytes(row, capacity) {
      const place = placeOf(row, capacity)
      return place === BLANK ? encodeZone(createState(1, state.priors), 0) : encodeZone(state, place)
    },
  }
}
