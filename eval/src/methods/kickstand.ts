import {
  basePrior,
  CONSTANTS,
  createState,
  createTrust,
  applyLimit,
  applyShare,
  forecastShare,
  outlierProbabilityOf,
  recordEvidence,
  relearnPrior,
  weekPoint,
  type Constants,
} from '@kickstand/domain'
import type { Method, MethodContext } from './method.ts'

/** Parts of the estimator that can be disabled, to measure their effect. */
export type Parts = {
  readonly constants?: Partial<Constants>
  readonly learnsPrior: boolean
  readonly trust: boolean
}

export const ALL_PARTS: Parts = { learnsPrior: true, trust: true }

/** The product's estimator on the lots of a file, all with one prior. */
export function kickstand(context: MethodContext, reporters: number, parts: Parts, name = 'kickstand'): Method {
  const k: Constants = { ...CONSTANTS, ...parts.constants }
  const base = basePrior()
  const state = createState(context.lots.length, [base])
  context.lots.forEach(({ capacity }, lot) => (state.columns.capacity[lot] = capacity))
  const trust = createTrust(Math.max(1, reporters))
  const usesTrust = parts.trust && reporters > 0
  const out = new Float64Array(2)
  const rows = context.lots.map((_, lot) => lot)

  return {
    name,
    observe({ lot, minute, count, reporter }) {
      const point = weekPoint(context.hourOfWeek(minute))
      const { capacity } = context.lots[lot]
      const isSensor = reporter < 0
      const noise = isSensor ? k.readingNoise : Math.max(k.countNoise, 0.5 / capacity)
      const outlierProbability = isSensor
        ? k.readingOutlierProbability
        : usesTrust
          ? outlierProbabilityOf(trust, reporter, k.outlierProbability)
          : k.outlierProbability
      let known = 0
      if (usesTrust && !isSensor) {
        forecastShare(state, lot, minute, point, k, out)
        known = Math.max(0, 1 - out[1] / 0.08)
      }
      let honest: number
      if (!isSensor && count >= capacity)
        honest = applyLimit(state, lot, minute, point, 1, noise, outlierProbability, k)
      else if (!isSensor && count <= 0) honest = applyLimit(state, lot, minute, point, -1, noise, outlierProbability, k)
      else honest = applyShare(state, lot, minute, point, count / capacity, noise, outlierProbability, k)
      if (usesTrust && !isSensor) recordEvidence(trust, reporter, honest, known)
    },
    endOfDay() {
      if (!parts.learnsPrior) return
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
