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
import type { Truth } from './ground-truth.ts'

export type Crowd = {
  readonly reportsPerHour: number
  /** sd of an honest count, share of the capacity. */
  readonly noise: number
  /** Share of the reports with the opposite extreme. */
  readonly liars: number
}

/** The published estimate of a bay; null where nothing is known. */
export type BayEstimate = { readonly chance: number | null; readonly expectedFree: number | null }

/** The estimates of a city's bays, as shown to riders. Minutes are those of the truth and only increase. */
export type CrowdEstimates = {
  /** Applies all reports until a minute. */
  advance(minute: number): void
  estimate(bay: number, minute: number): BayEstimate
}

/** Minutes from the epoch to a Monday's midnight in UTC, where the truth begins. */
const START = Date.UTC(2026, 2, 2) / 60_000
const DAY_MINUTES = 1_440

/**
 * Simulates riders' reports of the truth (docs/estimation.md §3) and applies them to the product's estimator. The only file here that
 * depends on the estimator.
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
    const reported = random() < crowd.liars ? (share < 0.5 ? 1 : 0) : honest
    const count = Math.round(reported * capacity)
    observeZone(state, bay, OBSERVED.count, count, START + minute, weekHour(minute), CONSTANTS.outlierProbability)
  }

  /** Learns the shared prior of all bays again, each night. */
  function learnSharedPrior(): void {
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
        if (now % DAY_MINUTES === 0) learnSharedPrior()
        for (let bay = 0; bay < bays.length; bay += 1) {
          for (let left = poisson(crowd.reportsPerHour / 60, random); left > 0; left -= 1) report(bay, now)
        }
      }
    },
    estimate(bay, minute) {
      const answerSource = { observedAt: 0, source: 'rider', reports: 1 } as const
      return answerZone(state, bay, bays[bay].capacity, START + minute, weekHour(minute), answerSource)
    },
  }
}

function weekHour(minute: number): number {
  return hourOfWeek(START + minute, 0, false)
}
