import {
  CONSTANTS,
  decodeZone,
  forecastShare,
  forgetZone,
  isFromSensor,
  isCurrentObservation,
  OBSERVED,
  observeZone,
  setCapacity,
  weekPoint,
  type EstimatorState,
  type Observation,
  type Observed,
} from '@kickstand/domain'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
/** Variance of the occupied share at which a zone counts as unknown. */
const UNKNOWN_VARIANCE = 0.08

/** The state of a row after all observations up to a moment: what is stored, and where a replay begins. */
export type Checkpoint = {
  /** Epoch milliseconds: all observations up to and including this moment are applied. */
  readonly cutAt: number
  /** The published capacity at that moment. */
  readonly capacity: number | null
  /** `encodeZone`. */
  readonly state: Uint8Array
}

/** Evidence of a report about its reporter, for `judge`. */
export type Judgement = {
  readonly reporter: string
  readonly honest: number
  readonly known: number
  /** Day of the report, since the epoch, UTC. */
  readonly day: number
}

/** Hours since Monday 00:00, local, at a minute since the epoch. */
export type HourOfWeek = (minute: number) => number

function observed({ kind, level }: Observation): Observed {
  // A sensor that gives a level is treated as a rider's level.
  return kind === 'level' || (kind === 'reading' && level !== null) ? OBSERVED[level ?? 'some'] : OBSERVED[kind]
}

/** Applies one observation to a row; see `observeZone`. */
export function applyObservation(
  state: EstimatorState,
  row: number,
  seen: Observation,
  hourOfWeek: HourOfWeek,
): number {
  const minute = seen.at / MINUTE
  if (seen.kind === 'reading' && seen.level === 'full') {
    // A sensor that says full is as certain as one that counts.
    const all = state.columns.capacity[row]
    return observeZone(state, row, OBSERVED.reading, all, minute, hourOfWeek(minute), seen.outlierProbability)
  }
  return observeZone(state, row, observed(seen), seen.count ?? 0, minute, hourOfWeek(minute), seen.outlierProbability)
}

/** Resets a row to its initial state. */
export function clearRow(state: EstimatorState, row: number): void {
  forgetZone(state, row)
  state.columns.capacity[row] = 0
}

/**
 * Sets a row to the start of a replay: its checkpoint, or unknown. Learned capacities stay unless the published one
 * changed.
 */
export function startFrom(
  state: EstimatorState,
  row: number,
  checkpoint: Checkpoint | null,
  capacity: number | null,
): void {
  if (checkpoint !== null && decodeZone(state, row, checkpoint.state)) {
    if (checkpoint.capacity !== capacity) setCapacity(state, row, capacity)
    return
  }
  clearRow(state, row)
  setCapacity(state, row, capacity)
}

const share = new Float64Array(2)

/** Applies an observation. Returns its evidence about its reporter, or null if it has none. */
export function applyAndJudge(
  state: EstimatorState,
  row: number,
  seen: Observation,
  hourOfWeek: HourOfWeek,
): Judgement | null {
  const minute = seen.at / MINUTE
  forecastShare(state, row, minute, weekPoint(hourOfWeek(minute)), CONSTANTS, share)
  const known = Math.max(0, 1 - share[1] / UNKNOWN_VARIANCE)
  const honest = applyObservation(state, row, seen, hourOfWeek)
  return honest < 0 || known === 0 || !isCurrentObservation(seen) || isFromSensor(seen)
    ? null
    : { reporter: seen.reporter, honest, known, day: Math.floor(seen.at / DAY) }
}
