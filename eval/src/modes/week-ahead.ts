import { hourOfWeek, zoneOffsets } from '@kickstand/domain'
import { kickstand, type Parts } from '#methods/kickstand.ts'
import type { MethodContext } from '#methods/method.ts'
import { createTally, score, scoresOf, type Scores } from '#score/tally.ts'
import { shareAt, type Series } from '#series.ts'
import { simulateReadings } from '#simulate.ts'

const WEEK = 7 * 1440

export type WeekAhead = { readonly kickstand: Scores; readonly lastWeek: Scores }

/**
 * The split of the authors of the Birmingham series: all readings until `from` (minutes since the epoch) are known, those of
 * the seven days after it are forecast at once. Beside it the same time a week before, its error from the weeks before.
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
  for (const said of simulateReadings(lots, 0, () => [Number.NEGATIVE_INFINITY, from])) {
    const today = Math.floor((said.minute + offsetAt(said.minute)) / 1440)
    if (today !== day) method.endOfDay(said.minute)
    day = today
    method.tell(said)
  }
  method.endOfDay(from)
  const own = createTally()
  const repeated = createTally()
  const out = new Float64Array(2)
  lots.forEach((lot, index) => {
    lot.minutes.forEach((minute, i) => {
      if (minute < from || minute >= from + WEEK) return
      const truth = lot.occupied[i] / lot.capacity
      method.forecast(index, from, minute - from, out)
      score(own, out[0], out[1], truth, lot.capacity)
      let before = shareAt(lot, minute - WEEK)
      for (let back = 5; Number.isNaN(before) && back <= 60; back += 5) {
        before = shareAt(lot, minute - WEEK + back)
        if (Number.isNaN(before)) before = shareAt(lot, minute - WEEK - back)
      }
      if (!Number.isNaN(before)) score(repeated, before, 0.08, truth, lot.capacity)
    })
  })
  return { kickstand: scoresOf(own), lastWeek: scoresOf(repeated) }
}
