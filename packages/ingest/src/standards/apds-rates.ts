import { readDuration, readNumber, readText, TARIFF_DAYS, type Tariff, minorDigits } from '@kickstand/domain'
import { type Fields, fieldsOf, listOf } from '#values.ts'

const WEEK = TARIFF_DAYS.slice(0, 7)

/**
 * The tariff of an APDS rate table, where it has one price for each unit of a stay, at all times. A free first line is the free time
 * at the start. Other tables have prices that depend on the time since arrival, which a tariff cannot state: they become a text, which
 * the import reports as unreadable. Null without a rate table.
 */
export function tariffOfRates(table: Fields): Tariff | string | null {
  const collections = listOf(table['rateLineCollections']).map(fieldsOf)
  if (collections.length === 0) return null
  const [collection = {}] = collections
  return collections.length === 1 ? (tariffOf(collection) ?? UNREADABLE) : UNREADABLE
}

const UNREADABLE = 'an APDS rate table with several prices'

function tariffOf(collection: Fields): Tariff | null {
  const currency = readText(collection['applicableCurrency'])
  const digits = currency === null ? null : minorDigits(currency)
  const lines = listOf(collection['rateLines'])
    .map((line) => fieldsOf(line))
    .toSorted((a, b) => (readNumber(a['sequence']) ?? 0) - (readNumber(b['sequence']) ?? 0))
  const prices = lines.map((line) => (digits === null ? null : priceOf(line, digits)))
  const [first] = prices
  const isFreeFirst = prices.length > 1 && first?.amountMinor === 0
  const [price, ...others] = isFreeFirst ? prices.slice(1) : prices
  if (currency === null || price === null || price === undefined || collection['taxIncluded'] === false) return null
  const isOnePrice = others.every(
    (other) => other?.perMinutes === price.perMinutes && other.amountMinor === price.amountMinor,
  )
  if (!isOnePrice || (others.length > 0 && price.perMinutes === null)) return null
  const freeMinutes = isFreeFirst ? (first?.perMinutes ?? 0) : 0
  const bands = [{ days: WEEK, from: 0, until: 1440, ...price }]
  return { currency, freeMinutes, bands, maxPerDayMinor: null }
}

type Price = Pick<Tariff['bands'][number], 'perMinutes' | 'amountMinor'>

/** Null for a line with limits or conditions. */
function priceOf(line: Fields, digits: number): Price | null {
  const { value, incrementPeriod, minValue, maxValue, usageCondition } = line
  const amount = readNumber(value)
  const amountMinor = amount === null ? Number.NaN : Math.round(amount * 10 ** digits)
  const isLimited = [minValue, maxValue, usageCondition].some((limit) => limit !== undefined && limit !== null)
  if (isLimited || !(amountMinor >= 0)) return null
  if (incrementPeriod === undefined) return { perMinutes: null, amountMinor }
  const seconds = readDuration(incrementPeriod).value ?? 0
  return seconds > 0 && seconds % 60 === 0 ? { perMinutes: seconds / 60, amountMinor } : null
}
