import {
  basePrior,
  CONSTANTS,
  createState,
  createTrust,
  applyLimit,
  applyShare,
  forecastShare,
  judge,
  outlierProbabilityOf,
  relearnPrior,
  weekPoint,
  type Constants,
} from '@kickstand/domain'
import type { Method, MethodContext } from './method.ts'

/** What can be left out, to see what it brings. */
export type Parts = {
  readonly constants?: Partial<Constants>
  readonly pooling: boolean
  readonly trust: boolean
}

export const ALL_PARTS: Parts = { pooling: true, trust: true }

/** The estimator of the product on the lots of a file: all of one kind and place. */
export function kickstand(context: MethodContext, reporters: number, parts: Parts, name = 'kickstand'): Method {
  const k: Constants = { ...CONSTANTS, ...parts.constants }
  const base = basePrior()
  const state = createState(context.lots.length, [base])
  context.lots.forEach(({ capacity }, lot) => (state.columns.capacity[lot] = capacity))
  const trust = createTrust(Math.max(1, reporters))
  const trusted = parts.trust && reporters > 0
  const out = new Float64Array(2)
  const rows = context.lots.map((_, lot) => lot)

  return {
    name,
    tell({ lot, minute, count, reporter }) {
      const point = weekPoint(context.hourOfWeek(minute))
      const { capacity } = context.lots[lot]
      const isMachine = reporter < 0
      const noise = isMachine ? k.readingNoise : Math.max(k.countNoise, 0.5 / capacity)
      const outlierProbability = isMachine
        ? k.readingOutlierProbability
        : trusted
          ? outlierProbabilityOf(trust, reporter, k.outlierProbability)
          : k.outlierProbability
      let known = 0
      if (trusted && !isMachine) {
        forecastShare(state, lot, minute, point, k, out)
        known = Math.max(0, 1 - out[1] / 0.08)
      }
      let honest: number
      if (!isMachine && count >= capacity)
        honest = applyLimit(state, lot, minute, point, 1, noise, outlierProbability, k)
      else if (!isMachine && count <= 0)
        honest = applyLimit(state, lot, minute, point, -1, noise, outlierProbability, k)
      else honest = applyShare(state, lot, minute, point, count / capacity, noise, outlierProbability, k)
      if (trusted && !isMachine) judge(trust, reporter, honest, known)
    },
    endOfDay() {
      if (!parts.pooling) return
      relearnPrior(state, 0, base, rows)
    },
    forecast(lot, minute, ahead, at) {
      forecastShare(state, lot, minute + ahead, weekPoint(context.hourOfWeek(minute + ahead)), k, at)
      at[1] = Math.sqrt(k.publishFactor * at[1])
    },
    learnError: () => {},
    setHorizon: () => {},
  }
}
