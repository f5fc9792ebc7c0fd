import {
  CONSTANTS,
  decodeZone,
  forecastShare,
  forgetZone,
  isOfMachine,
  isOfThePresent,
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
/** Variance of the occupied share from which a zone counts as not known at all. */
const UNKNOWN_VARIANCE = 0.08

/** A row as it stood after everything up to a moment: what is stored, and what folding goes on from. */
export type Checkpoint = {
  /** Epoch milliseconds: all observations folded up to and with this moment are in it. */
  readonly cutAt: number
  /** The capacity that was published when it was made. */
  readonly capacity: number | null
  /** `encodeZone`. */
  readonly state: Uint8Array
}

/** What a report showed of its reporter, for `judge`. */
export type Judgement = {
  readonly reporter: string
  readonly honest: number
  readonly known: number
  /** Of the report, since the epoch, UTC. */
  readonly day: number
}

/** Hours since Monday 00:00, local, at a minute since the epoch. */
export type HourOfWeek = (minute: number) => number

function observed({ kind, level }: Observation): Observed {
  // A machine that has only a word for it says what a rider would.
  return kind === 'level' || (kind === 'reading' && level !== null) ? OBSERVED[level ?? 'some'] : OBSERVED[kind]
}

/** Folds one observation into a row; see `observeZone`. */
export function applyObservation(
  state: EstimatorState,
  row: number,
  seen: Observation,
  hourOfWeek: HourOfWeek,
): number {
  const minute = seen.at / MINUTE
  if (seen.kind === 'reading' && seen.level === 'full') {
    // A machine that says full is as sure as one that counts.
    const all = state.columns.capacity[row]
    return observeZone(state, row, OBSERVED.reading, all, minute, hourOfWeek(minute), seen.outlierProbability)
  }
  return observeZone(state, row, observed(seen), seen.count ?? 0, minute, hourOfWeek(minute), seen.outlierProbability)
}

/** Forgets a row as if it had never been touched. */
export function clearRow(state: EstimatorState, row: number): void {
  forgetZone(state, row)
  state.columns.capacity[row] = 0
}

/** Sets a row to where folding begins: its checkpoint, or nothing known. Learned capacities stay unless the published changed. */
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

/** Folds an observation and says what it showed of its reporter; null where it shows nothing. */
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
  return honest < 0 || known === 0 || !isOfThePresent(seen) || isOfMachine(seen)
    ? null
    : { reporter: seen.reporter, honest, known, day: Math.floor(seen.at / DAY) }
}
