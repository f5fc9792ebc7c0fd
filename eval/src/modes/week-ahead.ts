import { hourOfWeek, zoneOffsets } from '@kickstand/domain'
import { kickstand, type Parts } from '#methods/kickstand.ts'
import type { MethodContext } from '#methods/method.ts'
import { createTally, score, scoresOf, type Scores } from '#score/tally.ts'
import { shareAt, type Series } from '#series.ts'
import { simulateReadings } from '#simulate.ts'

const WEEK_MINUTES = 7 * 1440

export type WeekAhead = { readonly kickstand: Scores; readonly lastWeek: Scores }

/**
 * The evaluation split of the authors of the Birmingham series: all readings until `from` (minutes since the epoch) are known, and the
 * next seven days are forecast at once. Compared with the same time of the week before.
 */
export function weekAhead({ lots, timeZone }: Series, from: number, parts: Parts): WeekAhead {
  const offsetAt = zoneOffsets(timeZone)
  const context: MethodContext = {
    lots,
    horizons: [0],
    hourOfWeek: (minute) => hourOfWeek(minute, offsetAt(minute), false),
    truthAt: () => Number.NaN,
  }
  const method = kickstand(context, 0, parts)
  let day = Number.NaN
  for (const reading of simulateReadings(lots, 0, () => [Number.NEGATIVE_INFINITY, from])) {
    const today = Math.floor((reading.minute + offsetAt(reading.minute)) / 1440)
    if (today !== day) method.endOfDay(reading.minute)
    day = today
    method.observe(reading)
  }
  method.endOfDay(from)
  const own = createTally()
  const repeated = createTally()
  const out = new Float64Array(2)
  lots.forEach((lot, index) => {
    lot.minutes.forEach((minute, i) => {
      if (minute < from || minute >= from + WEEK_MINUTES) return
      const truth = lot.occupied[i] / lot.capacity
      method.forecast(index, from, minute - from, out)
      score(own, out[0], out[1], truth, lot.capacity)
      let before = shareAt(lot, minute - WEEK_MINUTES)
      for (let back = 5; Number.isNaN(before) && back <= 60; back += 5) {
        before = shareAt(lot, minute - WEEK_MINUTES + back)
        if (Number.isNaN(before)) before = shareAt(lot, minute - WEEK_MINUTES - back)
      }
      if (!Number.isNaN(before)) score(repeated, before, 0.08, truth, lot.capacity)
    })
  })
  return { kickstand: scoresOf(own), lastWeek: scoresOf(repeated) }
}
