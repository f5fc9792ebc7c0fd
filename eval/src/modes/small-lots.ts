import { normal, seeded } from '#random.ts'
import type { Lot, Series } from '#series.ts'

/** e-folding time of what riders coming and going at random add to a lot, minutes: stays of about two hours. */
const TURNOVER = 120

/**
 * Made, not measured: each lot as if it had only so many spaces, so that chance weighs what it does in small ones. Its share is
 * the real one with the turnover of so few spaces added (variance m(1 − m)/c, e-folding time two hours), in whole spaces.
 */
export function shrinkLots(series: Series, from: number, to: number, seed: number): Series {
  const random = seeded(90_000 + seed)
  const lots = series.lots.map((lot): Lot => {
    const capacity = from + Math.floor((to - from + 1) * random())
    let luck = normal(random)
    const occupied = lot.occupied.map((real, i) => {
      const kept = i === 0 ? 1 : Math.exp(-(lot.minutes[i] - lot.minutes[i - 1]) / TURNOVER)
      luck = kept * luck + Math.sqrt(1 - kept * kept) * normal(random)
      const share = real / lot.capacity
      const moved = share + luck * Math.sqrt((share * (1 - share)) / capacity)
      return Math.round(capacity * Math.min(1, Math.max(0, moved)))
    })
    return { ...lot, capacity, occupied }
  })
  return { ...series, lots }
}
