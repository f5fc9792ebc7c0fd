/** Days of the local week from Monday, then public holidays, as in OSM's opening_hours syntax. */
export const TARIFF_DAYS = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su', 'PH'] as const
export type TariffDay = (typeof TARIFF_DAYS)[number]

export const DAY_MINUTES = 1440

/**
 * When which price applies. Time outside of all bands is free. A band that runs over midnight belongs to the day on which it
 * starts.
 */
export type TariffBand = {
  readonly days: readonly TariffDay[]
  /** Minutes since the local midnight, from 0 to 1439. */
  readonly from: number
  /** Minutes since the local midnight, from 1 to 1440, excluded. Less than `from` where the band runs over midnight. */
  readonly until: number
  /**
   * Length of a unit in minutes; a started unit is paid in full. Null for a single payment, such as a day ticket, which covers the
   * band until it ends. What it costs to stay until the band starts again is unknown.
   */
  readonly perMinutes: number | null
  /** Minor units of the currency (cents). 0 is free. */
  readonly amountMinor: number
}

/**
 * The price of parking. On a public holiday only the bands with `PH` apply, where there are any; else the holiday is an ordinary
 * day. So a tariff that is free on public holidays has a band with `PH` and the amount 0.
 */
export type Tariff = {
  /** ISO 4217 code. */
  readonly currency: string
  /** Minutes at the start of a stay that cost nothing, however long the stay. */
  readonly freeMinutes: number
  readonly bands: readonly TariffBand[]
  /** The most that the units started in one local day cost together; null without such a limit. */
  readonly maxPerDayMinor: number | null
}

/** Whether the tariff distinguishes public holidays from other days. */
export function hasHolidayBands({ bands }: Pick<Tariff, 'bands'>): boolean {
  return bands.some(({ days }) => days.includes('PH'))
}

/** Whether a band starts on a day of the week (0 is Monday). `isHoliday`: whether the tariff's rules for holidays apply. */
export function startsOn({ days }: TariffBand, weekday: number, isHoliday: boolean): boolean {
  const day = isHoliday ? 'PH' : TARIFF_DAYS[weekday]
  return day !== undefined && days.includes(day)
}

export function isOverMidnight({ from, until }: TariffBand): boolean {
  return until < from
}
