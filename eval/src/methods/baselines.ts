import { pointMethod, type Method, type MethodContext } from './method.ts'

const HALF_LIFE_MINUTES = 30
/** Weight of the coarser mean, in reports. */
const PRIOR_WEIGHT_REPORTS = 2
const HOURS_PER_WEEK = 168

/** Forecasts the last report. */
export function lastReport(context: MethodContext): Method {
  const last = new Float64Array(context.lots.length).fill(0.5)
  return pointMethod(context, 'last-report', {
    observe: ({ lot }, share) => void (last[lot] = share),
    mean: (lot) => last[lot],
  })
}

/** The last report, which decays to the mean of the lot's reports with a half-life of 30 minutes. */
export function decayToMean(context: MethodContext): Method {
  const n = context.lots.length
  const [last, at, sum, count] = [0, 1, 2, 3].map(() => new Float64Array(n))
  return pointMethod(context, 'decay-to-mean', {
    observe({ lot, minute }, share) {
      last[lot] = share
      at[lot] = minute
      sum[lot] += share
      count[lot] += 1
    },
    mean(lot, minute, ahead) {
      const mean = (sum[lot] + 0.5) / (count[lot] + 1)
      if (count[lot] === 0) return mean
      return mean + (last[lot] - mean) * 2 ** (-(minute + ahead - at[lot]) / HALF_LIFE_MINUTES)
    },
  })
}

/** Mean of the lot's reports by hour of the week, shrunk to the hour of the kind of day, then to the lot's mean. */
export function hourOfWeekProfile(context: MethodContext): Method {
  const n = context.lots.length
  const [weekSum, weekCount] = [0, 1].map(() => new Float64Array(n * HOURS_PER_WEEK))
  const [daySum, dayCount] = [0, 1].map(() => new Float64Array(n * 72))
  const [sum, count] = [0, 1].map(() => new Float64Array(n))
  function bins(lot: number, minute: number): readonly [week: number, day: number] {
    const hour = Math.floor(context.hourOfWeek(minute)) % HOURS_PER_WEEK
    const kind = hour < 120 ? 0 : hour < 144 ? 1 : 2
    return [lot * HOURS_PER_WEEK + hour, lot * 72 + kind * 24 + (hour % 24)]
  }
  return pointMethod(context, 'profile', {
    observe({ lot, minute }, share) {
      const [week, day] = bins(lot, minute)
      weekSum[week] += share
      weekCount[week] += 1
      daySum[day] += share
      dayCount[day] += 1
      sum[lot] += share
      count[lot] += 1
    },
    mean(lot, minute, ahead) {
      const [week, day] = bins(lot, minute + ahead)
      const all = (sum[lot] + 0.5) / (count[lot] + 1)
      const ofDay = (daySum[day] + PRIOR_WEIGHT_REPORTS * all) / (dayCount[day] + PRIOR_WEIGHT_REPORTS)
      return (weekSum[week] + PRIOR_WEIGHT_REPORTS * ofDay) / (weekCount[week] + PRIOR_WEIGHT_REPORTS)
    },
  })
}

/** Forecasts the true present value, which is not known in practice. A reference for how fast the present becomes outdated. */
export function persistence(context: MethodContext): Method {
  return pointMethod(context, 'persistence', { mean: (lot, minute) => context.truthAt(lot, minute) })
}
