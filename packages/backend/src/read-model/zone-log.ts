import {
  areRelated,
  compareObservations,
  countNewest,
  countedObservations,
  isCurrentObservation,
  type Observation,
} from '@kickstand/domain'

/** Time for which an observation can decide whether a later one counts. Those before a cutoff are kept as long. */
export const REMEMBERED_MS = 60 * 60_000

/** Observations of a zone since its checkpoint. */
export type ZoneLog = {
  /** Epoch milliseconds: observations up to this moment are in the checkpoint and are not replayed. */
  cutAt: number
  /** All observations after the cutoff and in the hour before it, in the order of `compareObservations`. */
  seen: Observation[]
  /** Those of them that count. */
  counted: Observation[]
  /** Index of the first of `counted` that is replayed: those before it are in the checkpoint. */
  first: number
}

/** `seen` must be in the order of `compareObservations`. */
export function createZoneLog(cutAt: number, seen: Observation[]): ZoneLog {
  const log: ZoneLog = { cutAt, seen, counted: [], first: 0 }
  count(log)
  return log
}

function count(log: ZoneLog): void {
  log.counted = countedObservations(log.seen)
  findFirst(log)
}

function findFirst(log: ZoneLog): void {
  const first = log.counted.findIndex((one) => one.eventOrder > log.cutAt)
  log.first = first < 0 ? log.counted.length : first
}

/** Result of an insertion: it counts and comes last, or the row must be replayed, or it changed nothing. */
export type Insertion = 'last' | 'replay' | 'ignored'

/** Inserts an observation. A duplicate, or one before what is remembered, is ignored. */
export function insertObservation(log: ZoneLog, seen: Observation): Insertion {
  if (seen.eventOrder <= log.cutAt - REMEMBERED_MS) return 'ignored'
  let place = log.seen.length
  while (place > 0 && compareObservations(log.seen[place - 1], seen) > 0) place -= 1
  if (place > 0 && log.seen[place - 1].id === seen.id) return 'ignored'
  log.seen.splice(place, 0, seen)
  const isNewest = place === log.seen.length - 1 && seen.eventOrder > log.cutAt
  if (!isCurrentObservation(seen)) {
    count(log)
    return 'replay'
  }
  if (!isNewest) {
    // With many servers most reports of a busy zone arrive slightly out of order: recounting all each time would be too
    // slow.
    if (log.seen.some((other) => other !== seen && areRelated(other, seen))) count(log)
    else insertCounted(log, seen)
    return 'replay'
  }
  // Same result as recounting all, in one step.
  const counted = countNewest(log.counted, seen, isCurrentObservation)
  if (counted === 'added') return 'last'
  if (counted === 'ignored') return 'ignored'
  findFirst(log)
  return 'replay'
}

/** Inserts an observation that counts and does not affect whether others count. */
function insertCounted(log: ZoneLog, seen: Observation): void {
  let place = log.counted.length
  while (place > 0 && compareObservations(log.counted[place - 1], seen) > 0) place -= 1
  log.counted.splice(place, 0, seen)
  findFirst(log)
}

/** Removes an observation. Returns whether it was there. */
export function removeObservation(log: ZoneLog, id: string): boolean {
  const place = log.seen.findIndex((seen) => seen.id === id)
  if (place < 0) return false
  log.seen.splice(place, 1)
  count(log)
  return true
}

/** Advances the cutoff, and drops what is not needed after it. */
export function advanceCut(log: ZoneLog, cutAt: number): void {
  log.cutAt = Math.max(log.cutAt, cutAt)
  log.seen = log.seen.filter((seen) => seen.eventOrder > log.cutAt - REMEMBERED_MS)
  count(log)
}

/** Whether there are observations up to `time` that are not in the checkpoint. */
export function hasUpTo(log: ZoneLog, time: number): boolean {
  const next = log.seen.find((seen) => seen.eventOrder > log.cutAt)
  return next !== undefined && next.eventOrder <= time
}
