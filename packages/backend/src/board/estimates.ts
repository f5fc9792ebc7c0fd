import {
  answerOutlook,
  answerZone,
  CONSTANTS,
  createState,
  doesSightingRule,
  EXPECTED_MINUTES,
  poolOfZone,
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
import { BLANK, createFoldedRows, NOBODYS, UNFOLDED } from './folded-rows.ts'
import type { RowClocks } from './row-clocks.ts'
import { createRowOutlooks } from './row-outlooks.ts'
import { createRowPools, type RowPools } from './row-pools.ts'
import { createRowSightings } from './row-sightings.ts'
import { clearRow, foldAndJudge, foldInto, startFrom, type Judgement } from './zone-filter.ts'
import { hasUpTo, take, takeOut, type ZoneLog } from './zone-log.ts'
import { createZoneLogs } from './zone-logs.ts'

const MINUTE = 60_000
/** Retractions heard of before their reports: the writers' events come in no common order. */
const REFUSED_KEPT = 10_000
/** So few observations are folded again sooner than the folded row would be worth its memory. */
const FEW = 4
const HISTORY: Basis = { observedAt: null, source: 'history', reports: 0 }
const SEEN: Basis = { observedAt: null, source: 'rider', reports: 0 }

export function createEstimates(clocks: RowClocks, pools: RowPools = createRowPools(() => -1)): Estimates {
  const folded = createFoldedRows(pools.priors)
  const { state } = folded
  /** One row to make checkpoints in, and one of which nothing is ever told but its pool. */
  const bench: EstimatorState = { ...createState(1, []), pools: pools.priors }
  const blank: EstimatorState = { ...createState(1, []), pools: pools.priors }
  const checkpoints = createCheckpoints()
  const outlooks = createRowOutlooks()
  const sightings = createRowSightings()
  const logs = createZoneLogs((row) => Math.max(settledAt, checkpoints.cutAt(row)))
  /** When a machine last said something of the few rows that have one. */
  const machines = new Map<number, number>()
  const refused = new Set<string>()
  let settledAt = 0
  /** The row in the place that is lent (`FoldedRows.borrow`), while it still is as folded there; else -1. */
  let borrower = -1

  const hourOf = (row: number) => (minute: number) => clocks.hourOfWeek(row, minute)

  /** What is folded of a row is no longer so: it is folded when it is asked for. */
  function unfold(row: number): void {
    if (row === borrower) borrower = -1
    outlooks.drop(row)
    sightings.reset(row)
    folded.leave(row, logs.has(row) || checkpoints.has(row) ? UNFOLDED : BLANK)
  }

  function foldNewest(row: number, place: number, seen: Observation): void {
    outlooks.drop(row)
    const isFirst = state.columns.at[place] === 0
    const honest = foldInto(state, place, seen, hourOf(row))
    if (honest >= 0) sightings.note(row, seen, isFirst)
    if (!isOfThePresent(seen)) return
    if (isOfMachine(seen)) confirm(row, seen.at)
    else folded.note(place, seen.at)
  }

  function confirm(row: number, at: number): void {
    machines.set(row, Math.max(machines.get(row) ?? 0, at))
  }

  /** When a machine last said something that is not yet a matter of history, else 0. */
  function toldByMachine(row: number): number {
    const at = machines.get(row) ?? 0
    return at > settledAt ? at : 0
  }

  /** Whether there is nothing to fold: neither a checkpoint nor anything that counts. */
  const isBlank = (row: number, log: ZoneLog): boolean => !checkpoints.has(row) && log.first === log.counted.length

  /** Folds a row, in a place of its own or, where that was little work, in one that is good until the next is folded. */
  function fold(row: number, capacity: number | null): number {
    const log = logs.read(row)
    const isLasting = log.counted.length - log.first > FEW
    const place = isLasting ? folded.take(row) : folded.borrow()
    if (!isLasting) borrower = -1
    state.columns.pool[place] = pools.of(row)
    sightings.reset(row)
    if (isBlank(row, log)) {
      clearRow(state, place)
      return place
    }
    startFrom(state, place, checkpoints.get(row), capacity)
    for (let i = log.first; i < log.counted.length; i += 1) foldNewest(row, place, log.counted[i])
    if (!isLasting) borrower = row
    return place
  }

  /** What its pool says of a row that nobody has seen. */
  function atBlank(row: number, capacity: number | null, time: number): Availability {
    const pool = pools.answering(row)
    // Where nobody has seen the neighbours either there is nothing to work out, not even the local time.
    if (pool === 0) return NOTHING_KNOWN
    blank.columns.pool[0] = pool
    blank.columns.capacity[0] = capacity ?? 0
    const minute = time / MINUTE
    return answerZone(blank, 0, capacity, minute, clocks.hourOfWeek(row, minute), HISTORY)
  }

  /** A row's place, folded; see `fold`. */
  function placeOf(row: number, capacity: number | null): number {
    const place = folded.place(row)
    if (place !== UNFOLDED) return place
    return row === borrower ? NOBODYS : fold(row, capacity)
  }

  /** The place of a row's outlook for a point of its week: folded for nobody who asks again within these five minutes. */
  function outlookOf(row: number, capacity: number | null, point: number): number {
    const known = outlooks.find(row, point)
    if (known >= 0) return known
    const place = placeOf(row, capacity)
    folded.use(place)
    const made = outlooks.open(row)
    const { numbers, times } = outlooks.block(made)
    const within = outlooks.within(made)
    writeOutlook(state, place, capacity, point, CONSTANTS, { numbers, times }, within)
    numbers[within * OUTLOOK_SIZE + OUTLOOK.reports] = folded.noted(place)
    times[within * OUTLOOK_TIMES + OUTLOOK_TIME.reportedAt] = folded.newest(place)
    return made
  }

  /** What the estimate says by itself. */
  function estimateAt(row: number, capacity: number | null, time: number): Availability {
    if (folded.place(row) === BLANK) return atBlank(row, capacity, time)
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
      const place = folded.place(row)
      // Most reports: nothing of what is there bears on whether it counts, so that need not be looked at.
      if (logs.appendNews(row, seen)) {
        if (place >= 0 && state.columns.at[place] > 0) foldNewest(row, place, seen)
        else unfold(row)
        return true
      }
      const log = logs.open(row)
      const wasBlank = isBlank(row, log)
      const taken = take(log, seen)
      if (taken === 'nothing') return false
      if (taken === 'last' && place >= 0 && !wasBlank) foldNewest(row, place, seen)
      else unfold(row)
      return true
    },
    confirm,
    retract(row, id) {
      if (!logs.has(row) || !takeOut(logs.open(row), id)) return false
      unfold(row)
      return true
    },
    refuse(id) {
      refused.add(id)
      for (const oldest of refused) {
        if (refused.size <= REFUSED_KEPT) break
        refused.delete(oldest)
      }
    },
    refold: unfold,
    forget(row) {
      machines.delete(row)
      logs.forget(row)
      checkpoints.clear(row)
      unfold(row)
    },
    at(row, capacity, time, now = time) {
      // Which sighting it is depends on what is folded, and folding comes first.
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
    isObserved: (row) => folded.place(row) !== BLANK,
    reserve(rows) {
      folded.reserve(rows)
      logs.reserve(rows)
      checkpoints.reserve(rows)
      outlooks.reserve(rows)
    },
    restore(row, checkpoint) {
      checkpoints.set(row, checkpoint)
      logs.cut(row)
      unfold(row)
    },
    load(row, seen) {
      logs.append(row, seen)
      unfold(row)
    },
    rowsToFold: (cutAt) => logs.rowsUpTo(cutAt),
    repooled() {
      borrower = -1
      folded.leaveAll()
      outlooks.dropAll()
      sightings.dropExpected()
    },
    checkpoint: (row) => checkpoints.get(row),
    checkpointAt(row, capacity, cutAt, pool = pools.of(row)) {
      if (!logs.has(row)) return null
      const log = logs.read(row)
      if (!hasUpTo(log, cutAt)) return null
      const judgements: Judgement[] = []
      const scores: Score[] = []
      bench.columns.pool[0] = pool
      startFrom(bench, 0, checkpoints.get(row), capacity)
      for (let i = log.first; i < log.counted.length && log.counted[i].foldAt <= cutAt; i += 1) {
        const seen = log.counted[i]
        const score = scoreReport(bench, 0, capacity, seen, clocks.hourOfWeek(row, seen.at / MINUTE))
        if (score !== null) scores.push(score)
        const judgement = foldAndJudge(bench, 0, seen, hourOf(row))
        if (judgement !== null) judgements.push(judgement)
      }
      pools.move(bench, 0, pool)
      const checkpoint = { cutAt, capacity, state: encodeZone(bench, 0) }
      return { checkpoint, pool: poolOfZone(checkpoint.state), before: checkpoints.cutAt(row), judgements, scores }
    },
    advance(row, checkpoint) {
      checkpoints.set(row, checkpoint)
      logs.cut(row)
      unfold(row)
    },
    settle(cutAt) {
      settledAt = Math.max(settledAt, cutAt)
      for (const row of logs.rows()) if (logs.cut(row)) unfold(row)
    },
    bytes(row, capacity) {
      const place = placeOf(row, capacity)
      return place === BLANK ? encodeZone(createState(1, state.pools), 0) : encodeZone(state, place)
    },
  }
}
