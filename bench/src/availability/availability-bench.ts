import {
  basePrior,
  CONSTANTS,
  createState,
  forecastShare,
  LIVE_BYTES,
  OBSERVED,
  observeZone,
  STATE_PACKED,
  STATE_SIZE,
} from '@kickstand/domain'

const ZONES = 1_000_000
/** Zones that anybody has said anything of. */
const LEARNED = 20_000
const OBSERVATIONS = 100_000
const START = 29_000_000

export type AvailabilityFigures = {
  /** Microseconds of one observation, and seconds of one forecast of each of `zones`: best of the rounds. */
  readonly observationMicroseconds: number
  readonly sweepSeconds: number
  /** The sweep where every zone asked for has learned bins, per million zones. */
  readonly learnedSweepSeconds: number
  readonly zones: number
  readonly liveBytes: number
  readonly learnedBytes: number
}

/**
 * Measures the estimator alone: observations over many zones at random, and a forecast of every zone there is. `now` answers
 * milliseconds, best of processor time, so that what else the machine does hardly counts.
 */
export function benchAvailability(now: () => number, rounds: number): AvailabilityFigures {
  const state = createState(ZONES, [basePrior()])
  state.columns.capacity.fill(12)
  let observation = Infinity
  for (let round = 0; round < rounds; round += 1) {
    const begun = now()
    for (let i = 0; i < OBSERVATIONS; i += 1) {
      const minute = START + round * 1440 + (i / OBSERVATIONS) * 1440
      observeZone(state, (i * 7919) % LEARNED, OBSERVED.count, (i * 31) % 13, minute, (minute / 60) % 168, 0.15)
    }
    observation = Math.min(observation, ((now() - begun) * 1000) / OBSERVATIONS)
  }
  const later = START + rounds * 1440 + 60
  const out = new Float64Array(2)
  function sweep(times: number, rows: number): number {
    let best = Infinity
    for (let round = 0; round < rounds; round += 1) {
      const begun = now()
      for (let time = 0; time < times; time += 1) {
        for (let row = 0; row < rows; row += 1) forecastShare(state, row, later, 400 + round, CONSTANTS, out)
      }
      best = Math.min(best, (now() - begun) / 1000)
    }
    return best
  }
  return {
    observationMicroseconds: observation,
    sweepSeconds: sweep(1, ZONES),
    learnedSweepSeconds: (sweep(5, LEARNED) * ZONES) / (5 * LEARNED),
    zones: ZONES,
    liveBytes: LIVE_BYTES,
    learnedBytes: 4 * (STATE_SIZE + STATE_PACKED),
  }
}
