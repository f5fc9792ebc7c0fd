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
/** Zones with observations. */
const ZONES_WITH_OBSERVATIONS = 20_000
const OBSERVATIONS = 100_000
const START = 29_000_000

export type AvailabilityFigures = {
  /** Microseconds per observation, and seconds for one forecast of every zone: best of the rounds. */
  readonly observationMicroseconds: number
  readonly sweepSeconds: number
  /** Seconds for a million forecasts of zones with observations. */
  readonly learnedSweepSeconds: number
  readonly zones: number
  readonly liveBytes: number
  readonly learnedBytes: number
}

/**
 * Measures the estimator alone: observations over many zones at random, and a forecast of every zone. `now` returns milliseconds,
 * preferably of processor time, so that other processes hardly affect the result.
 */
export function benchAvailability(now: () => number, rounds: number): AvailabilityFigures {
  const state = createState(ZONES, [basePrior()])
  state.columns.capacity.fill(12)
  let observation = Infinity
  for (let round = 0; round < rounds; round += 1) {
    const begun = now()
    for (let i = 0; i < OBSERVATIONS; i += 1) {
      const minute = START + round * 1440 + (i / OBSERVATIONS) * 1440
      observeZone(
        state,
        (i * 7919) % ZONES_WITH_OBSERVATIONS,
        OBSERVED.count,
        (i * 31) % 13,
        minute,
        (minute / 60) % 168,
        0.15,
      )
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
    learnedSweepSeconds: (sweep(5, ZONES_WITH_OBSERVATIONS) * ZONES) / (5 * ZONES_WITH_OBSERVATIONS),
    zones: ZONES,
    liveBytes: LIVE_BYTES,
    learnedBytes: 4 * (STATE_SIZE + STATE_PACKED),
  }
}
