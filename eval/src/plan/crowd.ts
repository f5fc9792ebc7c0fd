import { createEstimateColumns, observe, publish } from '@kickstand/domain'
import { normal, seeded } from '#random.ts'
import { poisson, type City } from './city.ts'
import type { Truth } from './hidden-truth.ts'

export type Crowd = {
  readonly reportsPerHour: number
  /** sd of an honest count, share of the capacity. */
  readonly noise: number
  /** Share of the reports that tell the opposite extreme. */
  readonly liars: number
}

/** What the map tells of a bay at a time; null where it knows nothing. */
export type Told = { readonly chance: number | null; readonly expectedFree: number | null }

/** The estimates of a city's bays, as riders in it would see them. Minutes are those of the truth; they only go forward. */
export type CrowdEstimates = {
  /** Takes in what was reported until then. */
  advance(minute: number): void
  told(bay: number, minute: number): Told
}

const START = Date.UTC(2026, 2, 4, 6)
const toTime = (minute: number): number => START + minute * 60_000

/**
 * Riders report from the truth as AVAILABILITY §3 has them, and the estimator that the service runs makes of it what it can. The
 * only place here that knows the estimator: it needs a function that takes an observation and one that tells a chance.
 */
export function crowdEstimates({ bays }: City, truth: Truth, crowd: Crowd, seed: number): CrowdEstimates {
  const random = seeded(60_000 + seed)
  const columns = createEstimateColumns(bays.length)
  const seen = new Uint32Array(bays.length)
  let now = 0
  let id = 0

  function report(bay: number, minute: number): void {
    const { capacity } = bays[bay]
    const share = truth.occupied[minute * bays.length + bay] / capacity
    const honest = Math.min(1, Math.max(0, share + crowd.noise * normal(random)))
    const said = random() < crowd.liars ? (share < 0.5 ? 1 : 0) : honest
    const count = Math.round(said * capacity)
    observe(columns, bay, capacity, { id: String(id++), at: toTime(minute), kind: 'count', count, level: null })
    seen[bay] += 1
  }

  return {
    advance(minute) {
      for (; now < minute; now += 1) {
        for (let bay = 0; bay < bays.length; bay += 1) {
          for (let left = poisson(crowd.reportsPerHour / 60, random); left > 0; left -= 1) report(bay, now)
        }
      }
    },
    told: (bay, minute) =>
      publish(columns, bay, bays[bay].capacity, toTime(minute), {
        observedAt: null,
        source: 'rider',
        reports: seen[bay],
      }),
  }
}
