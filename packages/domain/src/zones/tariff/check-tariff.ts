import type { FieldError } from '#errors.ts'
import { clip } from '../read-values.ts'
import { minorDigits } from './currencies.ts'
import { DAY_MINUTES, hasHolidayBands, crossesMidnight, startsOn, TARIFF_DAYS } from './tariff.ts'
import type { Tariff, TariffBand } from './tariff.ts'

export const MAX_BANDS = 50
const MAX_FREE_MINUTES = DAY_MINUTES
const MAX_UNIT_MINUTES = 7 * DAY_MINUTES
/** Ten million in a currency with cents. A higher amount is a mistake, even if the unit has a low value. */
const MAX_AMOUNT_MINOR = 1_000_000_000

/**
 * Returns the errors of a tariff; empty if it is valid. Pointers are relative to the tariff (`/bands/0/from`).
 * Overlapping bands are an error, because the price would depend on their order.
 */
export function checkTariff(tariff: Tariff): readonly FieldError[] {
  const { currency, freeMinutes, bands, maxPerDayMinor } = tariff
  const errors: FieldError[] = []
  if (minorDigits(currency) === null) {
    errors.push({ pointer: '/currency', message: `"${clip(currency, 40)}" is not an ISO 4217 code such as EUR` })
  }
  errors.push(...checkWhole('/freeMinutes', freeMinutes, 0, MAX_FREE_MINUTES))
  if (maxPerDayMinor !== null) errors.push(...checkWhole('/maxPerDayMinor', maxPerDayMinor, 1, MAX_AMOUNT_MINOR))
  if (bands.length === 0 || bands.length > MAX_BANDS) {
    errors.push({ pointer: '/bands', message: `must have from 1 to ${MAX_BANDS} bands; a free zone has no tariff` })
  }
  errors.push(...bands.slice(0, MAX_BANDS).flatMap((band, index) => checkBand(band, `/bands/${index}`)))
  return errors.length === 0 ? overlapErrors(tariff) : errors
}

function checkWhole(pointer: string, value: number, least: number, most: number): FieldError[] {
  if (Number.isInteger(value) && value >= least && value <= most) return []
  return [{ pointer, message: `is ${value}, expected a whole number from ${least} to ${most}` }]
}

function checkBand({ days, from, until, perMinutes, amountMinor }: TariffBand, pointer: string): FieldError[] {
  const errors: FieldError[] = []
  const areKnown = days.every((day) => TARIFF_DAYS.includes(day))
  if (days.length === 0 || !areKnown || new Set(days).size < days.length) {
    errors.push({ pointer: `${pointer}/days`, message: `must have each day once, of ${TARIFF_DAYS.join(', ')}` })
  }
  errors.push(...checkWhole(`${pointer}/from`, from, 0, DAY_MINUTES - 1))
  errors.push(...checkWhole(`${pointer}/until`, until, 1, DAY_MINUTES))
  if (from === until) {
    errors.push({ pointer: `${pointer}/until`, message: 'is the same as from; a whole day is from 0 until 1440' })
  }
  if (perMinutes !== null) errors.push(...checkWhole(`${pointer}/perMinutes`, perMinutes, 1, MAX_UNIT_MINUTES))
  errors.push(...checkWhole(`${pointer}/amountMinor`, amountMinor, 0, MAX_AMOUNT_MINOR))
  return errors
}

/** A day of the week (0 is Monday), whether it is a public holiday, and whether the day before was one. */
type DayKind = { readonly weekday: number; readonly isHoliday: boolean; readonly isAfterHoliday: boolean }

function overlapErrors(tariff: Tariff): FieldError[] {
  const kinds = dayKinds(hasHolidayBands(tariff))
  const errors: FieldError[] = []
  for (const [index, band] of tariff.bands.entries()) {
    for (const [otherIndex, other] of tariff.bands.slice(0, index).entries()) {
      const kind = kinds.find((one) => doOverlap(spansOn(band, one), spansOn(other, one)))
      if (kind === undefined) continue
      const day = kind.isHoliday ? 'PH' : TARIFF_DAYS[kind.weekday]
      errors.push({ pointer: `/bands/${index}`, message: `overlaps with band ${otherIndex} on ${day}` })
    }
  }
  return errors
}

function dayKinds(withHolidays: boolean): DayKind[] {
  const choices = withHolidays ? [false, true] : [false]
  return [0, 1, 2, 3, 4, 5, 6].flatMap((weekday) =>
    choices.flatMap((isHoliday) => choices.map((isAfterHoliday) => ({ weekday, isHoliday, isAfterHoliday }))),
  )
}

type Span = readonly [from: number, until: number]

/** The minutes of a calendar day in which a band applies, including those of the band that started the day before. */
function spansOn(band: TariffBand, { weekday, isHoliday, isAfterHoliday }: DayKind): Span[] {
  const endsNextDay = crossesMidnight(band)
  const spans: Span[] = []
  if (startsOn(band, weekday, isHoliday)) spans.push([band.from, endsNextDay ? DAY_MINUTES : band.until])
  if (endsNextDay && startsOn(band, (weekday + 6) % 7, isAfterHoliday)) spans.push([0, band.until])
  return spans
}

function doOverlap(some: readonly Span[], others: readonly Span[]): boolean {
  return some.some(([from, until]) => others.some(([start, end]) => from < end && start < until))
}
