import {
  areRelated,
  compareObservations,
  countNewest,
  countedObservations,
  isOfThePresent,
  type Observation,
} from '@kickstand/domain'

/** So long an earlier observation may decide whether a later one counts: those before a cut are kept for that. */
export const REMEMBERED_MS = 60 * 60_000

/** What was seen of a zone since its checkpoint. */
export type ZoneLog = {
  /** Nothing up to this moment (epoch milliseconds) is folded any more: the checkpoint holds it. */
  cutAt: number
  /** All observations after the cut and of the hour before it, in the order of `compareObservations`. */
  seen: Observation[]
  /** Those of them that count. */
  counted: Observation[]
  /** The first of `counted` that is folded: those before it are in the checkpoint. */
  first: number
}

/** A log of what was seen, in the order of `compareObservations`. */
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

/** What taking an observation did: it was folded last, or the row must be folded again, or nothing. */
export type Taken = 'last' | 'again' | 'nothing'

/** Takes an observation. One that is there already, or lies before what is remembered, does nothing. */
export function take(log: ZoneLog, seen: Observation): Taken {
  if (seen.eventOrder <= log.cutAt - REMEMBERED_MS) return 'nothing'
  let place = log.seen.length
  while (place > 0 && compareObservations(log.seen[place - 1], seen) > 0) place -= 1
  if (place > 0 && log.seen[place - 1].id === seen.id) return 'nothing'
  log.seen.splice(place, 0, seen)
  const isNewest = place === log.seen.length - 1 && seen.eventOrder > log.cutAt
  if (!isOfThePresent(seen)) {
    count(log)
    return 'again'
  }
  if (!isNewest) {
    // On a busy zone of many servers most reports come a moment out of turn: to count all again each time would be too much.
    if (log.seen.some((other) => other !== seen && areRelated(other, seen))) count(log)
    else insertCounted(log, seen)
    return 'again'
  }
  // One step more of what counting all again would do.
  const counted = countNewest(log.counted, seen, isOfThePresent)
  if (counted === 'added') return 'last'
  if (counted === 'ignored') return 'nothing'
  findFirst(log)
  return 'again'
}

/** Puts in one that counts and by which no other counts or does not. */
function insertCounted(log: ZoneLog, seen: Observation): void {
  let place = log.counted.length
  while (place > 0 && compareObservations(log.counted[place - 1], seen) > 0) place -= 1
  log.counted.splice(place, 0, seen)
  findFirst(log)
}

/** Takes an observation out. Returns whether it was there. */
export function takeOut(log: ZoneLog, id: string): boolean {
  const place = log.seen.findIndex((seen) => seen.id === id)
  if (place < 0) return false
  log.seen.splice(place, 1)
  count(log)
  return true
}

/** Moves the cut on, and drops what is not needed after it. */
export function moveCut(log: ZoneLog, cutAt: number): void {
  log.cutAt = Math.max(log.cutAt, cutAt)
  log.seen = log.seen.filter((seen) => seen.eventOrder > log.cutAt - REMEMBERED_MS)
  count(log)
}

/** Whether there is anything up to a moment that the checkpoint does not hold. */
export function hasUpTo(log: ZoneLog, time: number): boolean {
  const next = log.seen.find((seen) => seen.eventOrder > log.cutAt)
  return next !== undefined && next.eventOrder <= time
}
