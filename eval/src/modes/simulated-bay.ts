import { hourOfWeek } from '@kickstand/domain'
import type { Method } from '#methods/method.ts'
import { exponential, normal, seeded } from '#random.ts'
import { noneDropped, type Series } from '#series.ts'
import type { Crowd } from '#simulate.ts'

const SPACES = 12
const START = Date.UTC(2026, 0, 5) / 60_000
const WEEKS = 12
const MEAN_STAY_MINUTES = 180
const INTERVAL_MINUTES = 5

/** A bay of 12 spaces with random arrivals that vary by hour. Riders stay three hours on average and go elsewhere if it is full. */
export type Bay = { readonly series: Series; readonly ratePerMinute: (minute: number) => number }

/** Simulates a bay with one or two waves of arrivals a day, smaller at the weekend. Height and hours depend on the seed. */
export function simulateBay(seed: number): Bay {
  const random = seeded(7_000 + seed)
  const peak = (0.8 + 0.5 * random()) * SPACES
  const base = 0.04 * SPACES
  const [morning, evening] = [8.5 + 3 * random(), 15 + 5 * random()]
  const share = random()
  const weekend = 0.3 + 0.7 * random()
  function ratePerMinute(minute: number): number {
    const hour = hourOfWeek(minute, 0, false)
    const wave = (at: number, width: number): number => Math.exp(-0.5 * (((hour % 24) - at) / width) ** 2)
    const load = base + peak * Math.max(wave(morning, 2.2), share * wave(evening, 2.5))
    return ((hour >= 120 ? weekend : 1) * load) / MEAN_STAY_MINUTES
  }
  const largest = (base + peak) / MEAN_STAY_MINUTES
  const departures: number[] = []
  const minutes: number[] = []
  const occupied: number[] = []
  let arrival = START
  let parked = 0
  for (let minute = START; minute < START + WEEKS * 10_080; minute += INTERVAL_MINUTES) {
    while (arrival <= minute) {
      parked -= leave(departures, arrival)
      if (random() < ratePerMinute(arrival) / largest && parked < SPACES) {
        departures.push(arrival + exponential(random) * MEAN_STAY_MINUTES)
        parked += 1
      }
      arrival += exponential(random) / largest
    }
    parked -= leave(departures, minute)
    minutes.push(minute)
    occupied.push(parked)
  }
  const lot = {
    id: `bay-${seed}`,
    capacity: SPACES,
    minutes: Float64Array.from(minutes),
    occupied: Float64Array.from(occupied),
    longestGap: INTERVAL_MINUTES,
  }
  return { series: { lots: [lot], dropped: noneDropped(), timeZone: 'UTC' }, ratePerMinute }
}

function leave(departures: number[], until: number): number {
  let left = 0
  for (let i = departures.length - 1; i >= 0; i -= 1) {
    if (departures[i] > until) continue
    departures.splice(i, 1)
    left += 1
  }
  return left
}

/** The exact Bayes filter with the true rates, stays, noise and share of liars: the best possible method. */
export function exactBayes(bay: Bay, crowd: Crowd): Method {
  let chances = new Float64Array(SPACES + 1).fill(1 / (SPACES + 1))
  let at = START
  const likelihoods = countProbabilities(crowd)

  function forward(from: Float64Array, start: number, end: number): Float64Array<ArrayBuffer> {
    let now = Float64Array.from(from)
    for (let minute = start; minute < end;) {
      const step = Math.min(1, end - minute)
      const rate = bay.ratePerMinute(minute) * step
      const next = new Float64Array(SPACES + 1)
      for (let n = 0; n <= SPACES; n += 1) {
        const up = n < SPACES ? rate : 0
        const down = (n / MEAN_STAY_MINUTES) * step
        next[n] += now[n] * (1 - up - down)
        if (up > 0) next[n + 1] += now[n] * up
        if (n > 0) next[n - 1] += now[n] * down
      }
      now = next
      minute += step
    }
    return now
  }

  return {
    name: 'exact-bayes',
    observe({ minute, count }) {
      chances = forward(chances, at, minute)
      at = minute
      let sum = 0
      for (let n = 0; n <= SPACES; n += 1) sum += chances[n] *= likelihoods[n][count]
      for (let n = 0; n <= SPACES; n += 1) chances[n] /= sum
    },
    endOfDay: () => {},
    forecast(_lot, minute, ahead, out) {
      chances = forward(chances, at, minute)
      at = Math.max(at, minute)
      const then = ahead === 0 ? chances : forward(chances, minute, minute + ahead)
      let below = 0
      let median = 0
      let mean = 0
      let square = 0
      for (let n = 0; n <= SPACES; n += 1) {
        if (below < 0.5) median = n
        below += then[n]
        mean += then[n] * n
        square += then[n] * n * n
      }
      out[0] = median / SPACES
      out[1] = Math.max(0.01, Math.sqrt(square - mean * mean) / SPACES)
    },
    learnError: () => {},
    setHorizon: () => {},
  }
}

/** Probability of each reported count for each true count, estimated from the simulated crowd. */
function countProbabilities({ noise, liars }: Crowd): Float64Array[] {
  const random = seeded(99)
  return Array.from({ length: SPACES + 1 }, (_, n) => {
    const probabilities = new Float64Array(SPACES + 1).fill(1e-6)
    for (let i = 0; i < 20_000; i += 1) {
      const share = Math.min(1, Math.max(0, n / SPACES + noise * normal(random)))
      probabilities[Math.round(SPACES * share)] += (1 - liars) / 20_000
    }
    probabilities[n / SPACES < 0.5 ? SPACES : 0] += liars
    return probabilities
  })
}
