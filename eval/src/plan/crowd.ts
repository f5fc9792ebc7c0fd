import {
  answerZone,
  applyPriorChange,
  basePrior,
  CONSTANTS,
  createState,
  hourOfWeek,
  learnPrior,
  observeZone,
  OBSERVED,
  priorChange,
  setCapacity,
} from '@kickstand/domain'
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

/** Minutes from the epoch to a Monday's midnight in UTC, where the truth begins. */
const START = Date.UTC(2026, 2, 2) / 60_000
const DAY = 1_440

/**
 * Riders report from the truth as AVAILABILITY §3 has them, and the estimator that the service runs makes of it what it can. The
 * only place here that knows the estimator: it needs a function that takes an observation and one that tells a chance.
 */
export function crowdEstimates({ bays }: City, truth: Truth, crowd: Crowd, seed: number): CrowdEstimates {
  const random = seeded(60_000 + seed)
  const base = basePrior()
  const state = createState(bays.length, [base])
  for (const [bay, { capacity }] of bays.entries()) setCapacity(state, bay, capacity)
  let now = 0

  function report(bay: number, minute: number): void {
    const { capacity } = bays[bay]
    const share = truth.occupied[minute * bays.length + bay] / capacity
    const honest = Math.min(1, Math.max(0, share + crowd.noise * normal(random)))
    const said = random() < crowd.liars ? (share < 0.5 ? 1 : 0) : honest
    const count = Math.round(said * capacity)
    observeZone(state, bay, OBSERVED.count, count, START + minute, weekHour(minute), CONSTANTS.outlierProbability)
  }

  /** What all bays have in common, learned again each night. */
  function pool(): void {
    const rows = Array.from(bays.keys()).filter((bay) => state.columns.slot[bay] >= 0)
    if (rows.length === 0) return
    const next = learnPrior(base, state, rows)
    const change = priorChange(state.priors[0], next)
    if (change === null) return
    for (const row of rows) applyPriorChange(state, row, change)
    state.priors[0] = next
  }

  return {
    advance(minute) {
      for (; now < minute; now += 1) {
        if (now % DAY === 0) pool()
        for (let bay = 0; bay < bays.length; bay += 1) {
          for (let left = poisson(crowd.reportsPerHour / 60, random); left > 0; left -= 1) report(bay, now)
        }
      }
    },
    told(bay, minute) {
      const basis = { observedAt: 0, source: 'rider', reports: 1 } as const
      return answerZone(state, bay, bays[bay].capacity, START + minute, weekHour(minute), basis)
    },
  }
}

function weekHour(minute: number): number {
  return hourOfWeek(START + minute, 0, false)
}
