import { pointMethod, type Method, type MethodContext } from './method.ts'

const HALF_LIFE = 30
/** Reports' worth of belief in the coarser mean. */
const SHRINKAGE = 2
const HOURS = 168

/** The last report, for ever. */
export function lastReport(context: MethodContext): Method {
  const last = new Float64Array(context.lots.length).fill(0.5)
  return pointMethod(context, 'last-report', {
    tell: ({ lot }, share) => void (last[lot] = share),
    mean: (lot) => last[lot],
  })
}

/** The last report, forgotten with a half-life of 30 minutes in favour of the mean of the lot's reports. */
export function decayToMean(context: MethodContext): Method {
  const n = context.lots.length
  const [last, at, sum, count] = [0, 1, 2, 3].map(() => new Float64Array(n))
  return pointMethod(context, 'decay-to-mean', {
    tell({ lot, minute }, share) {
      last[lot] = share
      at[lot] = minute
      sum[lot] += share
      count[lot] += 1
    },
    mean(lot, minute, ahead) {
      const mean = (sum[lot] + 0.5) / (count[lot] + 1)
      if (count[lot] === 0) return mean
      return mean + (last[lot] - mean) * 2 ** (-(minute + ahead - at[lot]) / HALF_LIFE)
    },
  })
}

/** Mean of the lot's reports by hour of the week, shrunk to the hour of the kind of day, then to the lot's mean. */
export function hourOfWeekProfile(context: MethodContext): Method {
  const n = context.lots.length
  const [weekSum, weekCount] = [0, 1].map(() => new Float64Array(n * HOURS))
  const [daySum, dayCount] = [0, 1].map(() => new Float64Array(n * 72))
  const [sum, count] = [0, 1].map(() => new Float64Array(n))
  function bins(lot: number, minute: number): readonly [week: number, day: number] {
    const hour = Math.floor(context.hourOfWeek(minute)) % HOURS
    const kind = hour < 120 ? 0 : hour < 144 ? 1 : 2
    return [lot * HOURS + hour, lot * 72 + kind * 24 + (hour % 24)]
  }
  return pointMethod(context, 'profile', {
    tell({ lot, minute }, share) {
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
      const ofDay = (daySum[day] + SHRINKAGE * all) / (dayCount[day] + SHRINKAGE)
      return (weekSum[week] + SHRINKAGE * ofDay) / (weekCount[week] + SHRINKAGE)
    },
  })
}

/** What really is now, for ever: nobody can know it, and even that is not the future. */
export function persistence(context: MethodContext): Method {
  return pointMethod(context, 'persistence', { mean: (lot, minute) => context.truthAt(lot, minute) })
}
