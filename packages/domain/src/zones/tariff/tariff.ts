/** Days of the local week from Monday, then public holidays, as in OSM's opening_hours syntax. */
export const TARIFF_DAYS = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su', 'PH'] as const
export type TariffDay = (typeof TARIFF_DAYS)[number]

export const DAY_MINUTES = 1440

/**
 * A price and the weekly hours in which it applies. Time outside of all bands is free. A band that runs over midnight
 * belongs to the day on which it starts.
 */
export type TariffBand = {
  readonly days: readonly TariffDay[]
  /** Minutes since the local midnight, from 0 to 1439. */
  readonly from: number
  /**
   * Exclusive end in minutes since the local midnight, from 1 to 1440. Less than `from` if the band runs over midnight.
   */
  readonly until: number
  /**
   * Length of a unit in minutes; a started unit is paid in full. Null for a single payment, such as a day ticket, which
   * is valid until the band ends. The price of a stay that lasts until the band starts again is unknown.
   */
  readonly perMinutes: number | null
  /** Minor units of the currency (cents). 0 is free. */
  readonly amountMinor: number
}

/**
 * The price of parking. If any band has `PH`, only the bands with `PH` apply on public holidays; otherwise holidays are
 * ordinary days. A tariff that is free on public holidays therefore has a band with `PH` and the amount 0.
 */
export type Tariff = {
  /** ISO 4217 code. */
  readonly currency: string
  /** Minutes at the start of a stay that cost nothing, however long the stay. */
  readonly freeMinutes: number
  readonly bands: readonly TariffBand[]
  /** Maximum price of all units that start on one local day; null if there is no maximum. */
  readonly maxPerDayMinor: number | null
}

/** Whether the tariff distinguishes public holidays from other days. */
export function hasHolidayBands({ bands }: Pick<Tariff, 'bands'>): boolean {
  return bands.some(({ days }) => days.includes('PH'))
}

/**
 * Whether a band starts on a day of the week (0 is Monday). `isHoliday`: the day is a public holiday and the tariff has
 * bands with `PH`.
 */
export function startsOn({ days }: TariffBand, weekday: number, isHoliday: boolean): boolean {
  const day = isHoliday ? 'PH' : TARIFF_DAYS[weekday]
  return day !== undefined && days.includes(day)
}

/** Whether a band ends on the day after its start. */
export function crossesMidnight({ from, until }: TariffBand): boolean {
  return until < from
}
