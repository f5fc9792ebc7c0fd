import type { Lot } from '#series.ts'
import type { Said } from '#simulate.ts'

/** A way to forecast: told what is said as time goes on, asked for a share at a time. */
export type Method = {
  readonly name: string
  /** Takes what somebody said. Called in the order of time. */
  tell(said: Said): void
  /** Once a local day. */
  endOfDay(minute: number): void
  /** The occupied share of a lot `ahead` minutes after `minute`: [0] mean, [1] standard deviation. */
  forecast(lot: number, minute: number, ahead: number, out: Float64Array): void
  /** In training: what happened `ahead` (by index of the horizon) where `mean` was forecast. Baselines fit their error by it. */
  learnError(horizon: number, mean: number, truth: number): void
  /** Chooses the horizon of the forecasts that follow, by index. */
  setHorizon(horizon: number): void
}

export type MethodContext = {
  readonly lots: readonly Lot[]
  readonly horizons: readonly number[]
  /** Hours since the local Monday 00:00 at a minute since the epoch. */
  readonly hourOfWeek: (minute: number) => number
  /** What really is at a minute; only for the baseline that knows. */
  readonly truthAt: (lot: number, minute: number) => number
}

/** A baseline that forecasts one number, with the error that it had in training at that horizon. */
export function pointMethod(
  context: MethodContext,
  name: string,
  parts: {
    readonly tell?: (said: Said, share: number) => void
    readonly mean: (lot: number, minute: number, ahead: number) => number
  },
): Method {
  const squares = new Float64Array(context.horizons.length)
  const counts = new Float64Array(context.horizons.length)
  let horizon = 0
  return {
    name,
    tell: (said) => parts.tell?.(said, Math.min(1, said.count / context.lots[said.lot].capacity)),
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
