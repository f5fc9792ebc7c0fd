import { type Read, readDuration, readText, unparsed } from '../read-values.ts'
import { currencyOf, minorDigits } from './currencies.ts'
import { DAY_MINUTES, type Tariff, type TariffBand } from './tariff.ts'

/** A price as in OSM's `charge`. */
export type Charge = Pick<Tariff, 'currency' | 'maxPerDayMinor'> & Pick<TariffBand, 'perMinutes' | 'amountMinor'>

const CURRENCY = String.raw`[^\d\s.,;/()+-]+`
/** `1.50 EUR/hour`, `EUR 1.20 / hour`, `2,50€`, `0.50 EUR per 30 min`. */
const PRICE = new RegExp(
  String.raw`^(?<before>${CURRENCY})?\s*(?<amount>\d+(?:[.,]\d+)?)\s*(?<after>${CURRENCY})?(?:(?:\s*/\s*|\s+(?:per|pro)\s+)(?<unit>.+))?$`,
  'iu',
)
/** `1.50 EUR/hour, max 9 EUR/day`, also in parentheses. */
const WITH_CAP = /^(?<price>.+?)\s*(?:[,;]\s*max|\(\s*max(?=.*\)$))(?:imum|\.)?:?\s+(?<cap>[^()]+?)\)?$/i
/** A unit of vehicles before the unit of time: `1 EUR/motorcycle/hour`. */
const PER_VEHICLE = /^(?:motorcycle|motorbike|vehicle)(?:\s*\/\s*|$)/i
const DAY = /^(?:1\s*)?(?:day|tag|jour|día|dia|giorno)$/i
const TIME = /^(?:\d.*)?\s*(?:h|hrs?|hours?|std|stunden?|horas?|heures?|min|mins|minutes?|minuten|minutos?)$/i

/**
 * Parses a price: an amount and a currency in either order, and for what time. A price without a time, and one for a day, is a
 * single payment, because mappers do not state whether it has to be repeated after midnight or after 24 hours. Anything else is a
 * warning: two prices, an amount that may have a thousands separator, or a sign that several currencies use.
 */
export function readCharge(value: unknown): Read<Charge> {
  const text = readText(value)
  if (text === null) return { value: null, warning: null }
  const { price = text, cap } = WITH_CAP.exec(text)?.groups ?? {}
  const charge = readPrice(price)
  const most = cap === undefined ? null : readPrice(cap)
  const isCapRead = cap === undefined || (most !== null && most.isPerDay && most.currency === charge?.currency)
  if (charge === null || !isCapRead || most?.amountMinor === 0) {
    return unparsed('charge', text, 'a price like "1.50 EUR/hour"')
  }
  const { currency, perMinutes, amountMinor } = charge
  return { value: { currency, perMinutes, amountMinor, maxPerDayMinor: most?.amountMinor ?? null }, warning: null }
}

type Price = Omit<Charge, 'maxPerDayMinor'> & { readonly isPerDay: boolean }

function readPrice(text: string): Price | null {
  const { before, amount = '', after, unit } = PRICE.exec(text)?.groups ?? {}
  if ((before === undefined) === (after === undefined)) return null
  const currency = currencyOf(before ?? after ?? '')
  const amountMinor = currency === null ? null : minorUnits(amount, minorDigits(currency) ?? 0)
  const time = unit?.replace(PER_VEHICLE, '')
  const isOnce = time === undefined || time === '' || DAY.test(time)
  const perMinutes = isOnce ? null : minutesOf(time)
  if (currency === null || amountMinor === null || (!isOnce && perMinutes === null)) return null
  return { currency, perMinutes, amountMinor, isPerDay: time !== undefined && DAY.test(time) }
}

/** Three digits after a comma, or more digits than the currency has, may be thousands. */
function minorUnits(amount: string, digits: number): number | null {
  const [whole = '', fraction = ''] = amount.split(/[.,]/)
  if (fraction.length > digits || /,\d{3}$/.test(amount)) return null
  const minor = Number(whole + fraction.padEnd(digits, '0'))
  return Number.isSafeInteger(minor) ? minor : null
}

/** A whole number of minutes up to a day; null for any other unit, such as a person, a night or a month. */
function minutesOf(unit: string): number | null {
  if (!TIME.test(unit)) return null
  const minutes = (readDuration(/^\d/.test(unit) ? unit : `1 ${unit}`).value ?? 0) / 60
  return Number.isInteger(minutes) && minutes >= 1 && minutes <= DAY_MINUTES ? minutes : null
}
