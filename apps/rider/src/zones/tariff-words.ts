import { DAY_MINUTES, minorDigits, TARIFF_DAYS, type Tariff, type TariffBand } from '@kickstand/domain'
import type { Format } from '@kickstand/i18n'
import type { FactWords } from './fact-words.ts'
import { hoursText } from './hours-words.ts'

/**
 * A tariff in words: "€1.20 per hour, first 30 min free, at most €8 a day; Mon–Fri 08:00–18:00". With several prices each has its
 * hours in parentheses.
 */
export function tariffText({ currency, freeMinutes, bands, maxPerDayMinor }: Tariff, words: FactWords): string {
  const { p, format } = words
  const priceOf = (band: TariffBand): string => priceText(band, currency, words)
  const prices = [...new Set(bands.map(priceOf))].map((price) => ({
    price,
    hours: bandHours(
      bands.filter((band) => priceOf(band) === price),
      words,
    ),
  }))
  const isOne = prices.length === 1
  const hours = isOne ? (prices[0]?.hours ?? null) : null
  const extras = [
    ...(freeMinutes === 0 ? [] : [p('tariff.firstFree', { duration: format.duration(freeMinutes * 60) })]),
    ...(maxPerDayMinor === null ? [] : [p('tariff.atMost', { amount: moneyText(maxPerDayMinor, currency, format) })]),
  ]
  const listed = prices.map((one) =>
    isOne || one.hours === null ? one.price : p('tariff.during', { price: one.price, hours: one.hours }),
  )
  const listing = [...listed, ...extras].reduce((first, other) => p('tariff.and', { first, other }))
  return hours === null ? listing : p('tariff.withHours', { prices: listing, hours })
}

function priceText(band: TariffBand, currency: string, { p, format }: FactWords): string {
  const { perMinutes, amountMinor, from, until } = band
  if (amountMinor === 0) return p('tariff.free')
  const amount = moneyText(amountMinor, currency, format)
  if (perMinutes === 60) return p('tariff.perHour', { amount })
  if (perMinutes !== null) return p('tariff.per', { amount, duration: format.duration(perMinutes * 60) })
  return p(until - from === DAY_MINUTES ? 'tariff.perDay' : 'tariff.once', { amount })
}

/** An amount in minor units, without decimals where it is whole. */
function moneyText(minor: number, currency: string, { locale }: Format): string {
  const digits = minorDigits(currency) ?? 2
  const amount = minor / 10 ** digits
  const shown = Number.isInteger(amount) ? 0 : digits
  const options = { style: 'currency', currency, minimumFractionDigits: shown, maximumFractionDigits: shown } as const
  return new Intl.NumberFormat(locale, options).format(amount)
}

/** The hours of bands; null for all hours of the week. */
function bandHours(bands: readonly TariffBand[], words: FactWords): string | null {
  const hours = bands.map(({ days, from, until }) => `${daysOf(days)} ${clock(from)}-${clock(until)}`)
  if (hours.length === 1 && /^Mo-Su(?:,PH)? 00:00-24:00$/.test(hours[0] ?? '')) return null
  return hoursText(hours.join('; '), words)
}

/** Days in OSM's syntax, with ranges: `Mo-Fr,Su`. */
function daysOf(days: TariffBand['days']): string {
  const ranges: { first: string; last: string; index: number }[] = []
  for (const [index, day] of TARIFF_DAYS.entries()) {
    if (!days.includes(day)) continue
    const range = ranges.at(-1)
    if (range !== undefined && range.index === index - 1 && day !== 'PH') Object.assign(range, { last: day, index })
    else ranges.push({ first: day, last: day, index })
  }
  return ranges.map(({ first, last }) => (first === last ? first : `${first}-${last}`)).join(',')
}

function clock(minutes: number): string {
  const pad = (value: number): string => String(value).padStart(2, '0')
  return `${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`
}
