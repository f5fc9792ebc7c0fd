import { normal, seeded } from '#random.ts'
import type { Lot, Series } from '#series.ts'

/** e-folding time of the noise from random arrivals and departures: stays of about two hours. */
const TURNOVER_MINUTES = 120

/**
 * Simulates small lots from real ones: each lot gets a capacity in the given range. Its share is the real one plus the turnover noise
 * of a lot of that size (variance m(1 − m)/c, e-folding time two hours), rounded to whole spaces.
 */
export function shrinkLots(series: Series, from: number, to: number, seed: number): Series {
  const random = seeded(90_000 + seed)
  const lots = series.lots.map((lot): Lot => {
    const capacity = from + Math.floor((to - from + 1) * random())
    let noise = normal(random)
    const occupied = lot.occupied.map((real, i) => {
      const correlation = i === 0 ? 1 : Math.exp(-(lot.minutes[i] - lot.minutes[i - 1]) / TURNOVER_MINUTES)
      noise = correlation * noise + Math.sqrt(1 - correlation * correlation) * normal(random)
      const share = real / lot.capacity
      const noisyShare = share + noise * Math.sqrt((share * (1 - share)) / capacity)
      return Math.round(capacity * Math.min(1, Math.max(0, noisyShare)))
    })
    return { ...lot, capacity, occupied }
  })
  return { ...series, lots }
}
