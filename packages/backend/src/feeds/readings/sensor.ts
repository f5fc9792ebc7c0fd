import { isFeedFrozen, isFrozen, moved, type ReadingVerdict } from '@kickstand/domain'
import type { SensorsTable } from '#db/schema.ts'

const MINUTE = 60_000
/** What a sensor says again and again is folded this often: enough for the filter, and not more than it needs to remember. */
const STORED_EVERY = 10 * MINUTE
/** Longest text that is kept of why a reading was refused. */
const ERROR_LENGTH = 255

/** What a reading of a sensor is worth beside what it said before. */
export type SensorStep = {
  /** `repeated`: of a time that it has spoken of. `same`: it says what it said. `new`: to be folded where `counts`. */
  readonly worth: 'repeated' | 'same' | 'new'
  /** False where the sensor is not believed now. */
  readonly counts: boolean
  readonly sensor: SensorsTable
}

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
 * Takes a reading of a sensor. `newestMoves` are when the last two of its feed's sensors moved: where that is a day ago, the
 * whole feed stands still.
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
  const after = !isMove ? spells : before.value === '' ? { ...spells, since: at } : moved(spells, at)
  const counts = !isStill && before.implausible_at === null
  const isNew = isMove || at - before.stored_at >= STORED_EVERY
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

/** Takes note of a reading that was refused. */
export function refuseReading(before: SensorsTable, message: string, now: number): SensorsTable {
  return { ...before, rejected: before.rejected + 1, rejected_at: now, error: message.slice(0, ERROR_LENGTH) }
}
