import { isFeedFrozen, isFrozen, afterMove, type ReadingVerdict } from '@kickstand/domain'
import type { SensorsTable } from './tables.ts'

const MINUTE = 60_000
/** An unchanged value is stored this often, which is enough for the estimator. */
const STORE_INTERVAL_MS = 10 * MINUTE
/** Longest stored rejection message. */
const MAX_ERROR_LENGTH = 255

/** The effect of a reading, given its sensor's state. */
export type SensorStep = {
  /**
   * `repeated`: its time is not after the last one. `same`: the value did not change. `new`: a new observation, applied
   * where `counts`.
   */
  readonly worth: 'repeated' | 'same' | 'new'
  /** False where the sensor is frozen or implausible. */
  readonly counts: boolean
  readonly sensor: SensorsTable
}

/** The row of a sensor without a reading. */
export function newSensor(feedId: string, ref: string, zoneId: string): SensorsTable {
  return {
    feed_id: feedId,
    ref,
    zone_id: zoneId,
    last_at: 0,
    counted_at: 0,
    value: '',
    stored_at: 0,
    since_at: 0,
    spells: 0,
    longest: 0,
    rejected: 0,
    rejected_at: null,
    error: null,
    frozen_at: null,
    implausible_at: null,
  }
}

/**
 * Updates a sensor with a reading. `newestMoves` are the last changes of two of its feed's sensors: if they are a day
 * old, the whole feed is frozen.
 */
export function stepSensor(before: SensorsTable, verdict: ReadingVerdict, newestMoves: readonly number[]): SensorStep {
  const { at } = verdict
  if (at <= before.last_at) return { worth: 'repeated', counts: false, sensor: before }
  const taken = { ...before, last_at: at, rejected: 0, error: null }
  if (verdict.kind === 'flow') {
    const sensor = { ...taken, counted_at: at, stored_at: at, since_at: at, value: 'flow' }
    return { worth: 'new', counts: true, sensor }
  }
  const value = verdict.count === null ? (verdict.level ?? '') : String(verdict.count)
  const isMove = value !== before.value
  const spells = { since: before.since_at, count: before.spells, longest: before.longest }
  const isStill = !isMove && (isFrozen(spells, at) || isFeedFrozen(newestMoves.length, newestMoves[0] ?? at, at))
  const after = !isMove ? spells : before.value === '' ? { ...spells, since: at } : afterMove(spells, at)
  const counts = !isStill && before.implausible_at === null
  const isNew = isMove || at - before.stored_at >= STORE_INTERVAL_MS
  return {
    worth: isNew ? 'new' : 'same',
    counts,
    sensor: {
      ...taken,
      value,
      counted_at: counts ? at : before.counted_at,
      stored_at: isNew ? at : before.stored_at,
      since_at: after.since,
      spells: after.count,
      longest: after.longest,
      frozen_at: isStill ? (before.frozen_at ?? at) : null,
    },
  }
}

/** Records a rejected reading. */
export function recordRejection(before: SensorsTable, message: string, now: number): SensorsTable {
  return { ...before, rejected: before.rejected + 1, rejected_at: now, error: message.slice(0, MAX_ERROR_LENGTH) }
}
