import { localDay } from '#availability/model/local-week.ts'
import { DAY_MINUTES, hasHolidayBands, crossesMidnight, startsOn, type Tariff, type TariffBand } from './tariff.ts'

/** The local time and the public holidays at a place. */
export type LocalCalendar = {
  /** Minutes by which the clock is ahead of UTC at a minute since the epoch (`zoneOffsets`). */
  readonly offsetAt: (minute: number) => number
  /** Whether a local day, counted since the epoch, is a public holiday; null where the place's holidays are unknown. */
  readonly isHoliday: ((day: number) => boolean) | null
}

/**
 * A part of a stay in one local day in which one band applies, or none. `from` and `until` are minutes since the epoch.
 */
export type Stretch = {
  readonly from: number
  readonly until: number
  /** The local day, counted since the epoch. */
  readonly day: number
  readonly band: TariffBand | null
  /** The local day on which the band started. */
  readonly startedOn: number
}

/** Offsets from UTC only change at quarters of an hour. */
const QUARTER_MINUTES = 15

/**
 * The stretches of a stay between two minutes since the epoch; null where the price is unknown because bands overlap.
 */
export function stretchesOf(tariff: Tariff, from: number, until: number, calendar: LocalCalendar): Stretch[] | null {
  const { isHoliday } = calendar
  const isHolidayOn = isHoliday === null || !hasHolidayBands(tariff) ? () => false : isHoliday
  const stretches: Stretch[] = []
  for (let time = from; time < until;) {
    const stretch = stretchAt(tariff, time, until, { ...calendar, isHoliday: isHolidayOn })
    if (stretch === null) return null
    stretches.push(stretch)
    time = stretch.until
  }
  return stretches
}

type KnownCalendar = LocalCalendar & { readonly isHoliday: (day: number) => boolean }

function stretchAt({ bands }: Tariff, from: number, most: number, calendar: KnownCalendar): Stretch | null {
  const { offsetAt, isHoliday } = calendar
  const offset = offsetAt(from)
  const day = localDay(from, offset)
  const minute = from + offset - day * DAY_MINUTES
  const applying = bands.flatMap((band) => {
    const startedOn = startOf(band, day, minute, isHoliday)
    return startedOn === null ? [] : [{ band, startedOn }]
  })
  if (applying.length > 1) return null
  const edges = bands.flatMap((band) => [band.from, band.until]).filter((edge) => edge > minute)
  let until = Math.min(most, from + Math.min(DAY_MINUTES, ...edges) - minute)
  // The clock changes before the stretch would end, so go on in small steps.
  if (offsetAt(until) !== offset) until = Math.min(until, (Math.floor(from / QUARTER_MINUTES) + 1) * QUARTER_MINUTES)
  const [{ band, startedOn } = { band: null, startedOn: day }] = applying
  return { from, until, day, band, startedOn }
}

/** The local day on which a band started that applies at a minute of a local day; null where it does not apply. */
function startOf(band: TariffBand, day: number, minute: number, isHoliday: (day: number) => boolean): number | null {
  const endsNextDay = crossesMidnight(band)
  const isStart = (one: number): boolean => startsOn(band, weekdayOf(one), isHoliday(one))
  if (minute >= band.from && (endsNextDay || minute < band.until) && isStart(day)) return day
  return endsNextDay && minute < band.until && isStart(day - 1) ? day - 1 : null
}

/** The day of the week (0 is Monday) of a day since the epoch, which was a Thursday. */
function weekdayOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7
}
