import { type LocalCalendar, type Stretch, stretchesOf } from './stretches.ts'
import { DAY_MINUTES, hasHolidayBands, type Tariff, type TariffBand } from './tariff.ts'

const MAX_STAY_MINUTES = 366 * DAY_MINUTES

/**
 * The price of a stay of so many minutes from a time (epoch milliseconds), in minor units of the tariff's currency. Null where it
 * cannot be known: without a tariff, where bands overlap, with prices for holidays at a place whose holidays are unknown, where
 * a single payment may have to be repeated, and for a stay that is negative or longer than a year.
 */
export function priceOf(tariff: Tariff | null, from: number, minutes: number, calendar: LocalCalendar): number | null {
  if (tariff === null || !Number.isFinite(from) || !(minutes >= 0 && minutes <= MAX_STAY_MINUTES)) return null
  if (calendar.isHoliday === null && hasHolidayBands(tariff)) return null
  const start = Math.floor(from / 60_000)
  const stretches = stretchesOf(tariff, start + tariff.freeMinutes, start + Math.ceil(minutes), calendar)
  const perDay = stretches === null ? null : amountsPerDay(stretches)
  if (perDay === null) return null
  const most = tariff.maxPerDayMinor ?? Infinity
  return [...perDay.values()].reduce((sum, amount) => sum + Math.min(amount, most), 0)
}

/** A unit of time that was paid, until a minute since the epoch. */
type PaidUnit = { readonly band: TariffBand; readonly until: number }

/**
 * Minor units by local day; null where a single payment may have to be repeated. A unit runs on while the price stays the same, also
 * over midnight and into the next band. It counts for the day in which it starts. Where the price changes, the unit ends.
 */
function amountsPerDay(stretches: readonly Stretch[]): ReadonlyMap<number, number> | null {
  const perDay = new Map<number, number>()
  /** The day on which a band with a single payment started when it was paid. */
  const paidOnce = new Map<TariffBand, number>()
  let unit: PaidUnit | null = null
  for (const { from, until, day, band, startedOn } of stretches) {
    if (band === null || band.amountMinor === 0) {
      unit = null
      continue
    }
    let units = 0
    if (band.perMinutes === null) {
      const paidOn = paidOnce.get(band)
      if (paidOn !== undefined && paidOn !== startedOn) return null
      units = paidOn === undefined ? 1 : 0
      paidOnce.set(band, startedOn)
      unit = null
    } else {
      const paidUntil: number = unit !== null && isSamePrice(unit.band, band) ? unit.until : from
      units = Math.max(0, Math.ceil((until - paidUntil) / band.perMinutes))
      unit = { band, until: paidUntil + units * band.perMinutes }
    }
    perDay.set(day, (perDay.get(day) ?? 0) + units * band.amountMinor)
  }
  return perDay
}

function isSamePrice(a: TariffBand, b: TariffBand): boolean {
  return a.perMinutes === b.perMinutes && a.amountMinor === b.amountMinor
}
