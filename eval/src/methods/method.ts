import type { Lot } from '#series.ts'
import type { SimulatedObservation } from '#simulate.ts'

/** A forecast method: it receives observations in the order of time and forecasts occupied shares. */
export type Method = {
  readonly name: string
  /** Applies an observation. Called in the order of time. */
  observe(seen: SimulatedObservation): void
  /** Called once per local day. */
  endOfDay(minute: number): void
  /** The occupied share of a lot `ahead` minutes after `minute`: [0] mean, [1] standard deviation. */
  forecast(lot: number, minute: number, ahead: number, out: Float64Array): void
  /** In training: the outcome for a forecast of `mean` at a horizon (by index). Baselines estimate their error from it. */
  learnError(horizon: number, mean: number, truth: number): void
  /** Chooses the horizon of the forecasts that follow, by index. */
  setHorizon(horizon: number): void
}

export type MethodContext = {
  readonly lots: readonly Lot[]
  readonly horizons: readonly number[]
  /** Hours since the local Monday 00:00 at a minute since the epoch. */
  readonly hourOfWeek: (minute: number) => number
  /** The true share at a minute; only for the persistence baseline. */
  readonly truthAt: (lot: number, minute: number) => number
}

/** A baseline with a point forecast and the error it had in training at that horizon. */
export function pointMethod(
  context: MethodContext,
  name: string,
  parts: {
    readonly observe?: (seen: SimulatedObservation, share: number) => void
    readonly mean: (lot: number, minute: number, ahead: number) => number
  },
): Method {
  const squares = new Float64Array(context.horizons.length)
  const counts = new Float64Array(context.horizons.length)
  let horizon = 0
  return {
    name,
    observe: (seen) => parts.observe?.(seen, Math.min(1, seen.count / context.lots[seen.lot].capacity)),
    endOfDay: () => {},
    forecast(lot, minute, ahead, out) {
      out[0] = parts.mean(lot, minute, ahead)
      out[1] = counts[horizon] === 0 ? 0.3 : Math.max(0.002, Math.sqrt(squares[horizon] / counts[horizon]))
    },
    learnError(at, mean, truth) {
      squares[at] += (mean - truth) ** 2
      counts[at] += 1
    },
    setHorizon(index) {
      horizon = index
    },
  }
}
