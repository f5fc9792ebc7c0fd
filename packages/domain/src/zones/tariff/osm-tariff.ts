import { conditionalTag, conditionsOf } from '../osm-conditions.ts'
import { feeOfTags, feeOfWord } from '../osm-fee.ts'
import { motorcycleTag, ownMotorcycleTag, type OsmTags } from '../osm-special.ts'
import { type Read, readText, unparsed } from '../read-values.ts'
import { checkTariff } from './check-tariff.ts'
import { type Charge, readCharge } from './osm-charge.ts'
import { paidHours } from './paid-hours.ts'
import { type Tariff, type TariffBand, TARIFF_DAYS, type TariffDay } from './tariff.ts'
import { areEqual, type DayHours, type WeekHours, WHOLE_DAY } from './week-hours.ts'

const WEEKDAYS = 7
const NO_TARIFF = { value: null, warning: null } as const

/**
 * The tariff in an OSM object's tags: `charge`, in the hours that `fee` and `fee:conditional` mark as paid. Tags for motorcycles
 * take precedence. Null without a price. Null with a warning if the price or its hours cannot be parsed, or contradict the fee.
 */
export function tariffFromOsm(tags: OsmTags): Read<Tariff> {
  const conditions = readText(conditionalTag(tags, 'charge'))
  if (conditions !== null) return unparsed('charge:conditional', conditions, 'a price without conditions')
  const text = readText(motorcycleTag(tags, 'charge'))
  const { value: charge, warning } = readCharge(text)
  if (text === null || charge === null) return { value: null, warning }
  const { fee } = feeOfTags(tags)
  const { feeConditional } = conditionsOf(tags)
  if (fee === 'free' && feeConditional === null) return contradicts(tags, charge) ? contradiction(text) : NO_TARIFF
  if (charge.amountMinor === 0) return unparsed('charge', text, 'above zero, although there is a fee')
  const feeText = readText(motorcycleTag(tags, 'fee'))
  if (feeText !== null && feeText !== text && isPrice(feeText)) return unparsed('fee', feeText, `the charge "${text}"`)
  // `fee=interval`: paid at some times, so the hours without a condition are unknown.
  const hours = paidHours(/^interval$/i.test(feeText ?? '') ? null : fee, feeConditional)
  const bands = hours === null ? null : bandsOf(hours, charge)
  if (bands === null) return unparsed('fee', feeConditional ?? feeText ?? '', 'a fee with weekly hours')
  if (bands.every(({ amountMinor }) => amountMinor === 0)) return NO_TARIFF
  const { currency, maxPerDayMinor } = charge
  const tariff = { currency, freeMinutes: 0, bands, maxPerDayMinor }
  return checkTariff(tariff).length === 0 ? { value: tariff, warning: null } : unparsed('charge', text, 'plausible')
}

/**
 * Whether the charge applies to the vehicles that the fee declares free. `fee:motorcycle=no` with a `charge` for all vehicles is not a
 * contradiction.
 */
function contradicts(tags: OsmTags, { amountMinor }: Charge): boolean {
  const isOwnFee = ownMotorcycleTag(tags, 'fee') !== undefined
  return amountMinor > 0 && isOwnFee === (ownMotorcycleTag(tags, 'charge') !== undefined)
}

function contradiction(text: string): Read<never> {
  return unparsed('charge', text, 'consistent with the fee, which is free')
}

function isPrice(fee: string): boolean {
  return feeOfWord(fee) === 'paid' && /\d/.test(fee)
}

/**
 * The bands of paid hours. Null if the hours of public holidays depend on the day of the week: bands cannot express that. Holidays
 * without paid hours get a free band.
 */
function bandsOf(hours: WeekHours, { perMinutes, amountMinor }: Charge): TariffBand[] | null {
  const ordinary = hours.slice(0, WEEKDAYS)
  const holidays = hours.slice(WEEKDAYS)
  const [holiday = []] = holidays
  const areOrdinary = holidays.every((row, day) => areEqual(row, ordinary[day] ?? []))
  if (!areOrdinary && !holidays.every((row) => areEqual(row, holiday))) return null
  const days = areOrdinary ? ordinary : [...ordinary, holiday]
  const grouped = groupDays(days).map((one) => ({ ...one, perMinutes, amountMinor }))
  if (areOrdinary || holiday.length > 0) return grouped
  return [...grouped, { ...WHOLE_DAY, days: ['PH'], perMinutes, amountMinor: 0 }]
}

/** Groups the days that share the same paid hours. */
function groupDays(rows: WeekHours): (DayHours & { readonly days: TariffDay[] })[] {
  const groups = new Map<string, DayHours & { readonly days: TariffDay[] }>()
  for (const [day, row] of rows.entries()) {
    for (const { from, until } of row) {
      const group = groups.get(`${from}-${until}`) ?? { days: [], from, until }
      group.days.push(...TARIFF_DAYS.slice(day, day + 1))
      groups.set(`${from}-${until}`, group)
    }
  }
  return [...groups.values()]
}
