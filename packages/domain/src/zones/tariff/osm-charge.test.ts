import { describe, expect, it } from 'vitest'
import { CURRENCIES, currencyOf, minorDigits } from './currencies.ts'
import { readCharge } from './osm-charge.ts'

describe('a charge', () => {
  it.each<[string, string, number, number | null]>([
    ['1.50 EUR/hour', 'EUR', 150, 60],
    ['1.5 EUR/hour', 'EUR', 150, 60],
    ['0.50 EUR/30 min', 'EUR', 50, 30],
    ['0.50 EUR/30min', 'EUR', 50, 30],
    ['0.50 EUR / 30 minutes', 'EUR', 50, 30],
    ['2 EUR', 'EUR', 200, null],
    ['2.00 EUR', 'EUR', 200, null],
    ['EUR 1.20 / hour', 'EUR', 120, 60],
    ['EUR 1.20/hour', 'EUR', 120, 60],
    ['1,50 EUR/h', 'EUR', 150, 60],
    ['1.50 eur/h', 'EUR', 150, 60],
    ['1.50EUR/h', 'EUR', 150, 60],
    ['1.50€/h', 'EUR', 150, 60],
    ['€1.50/h', 'EUR', 150, 60],
    ['€ 1,50 / h', 'EUR', 150, 60],
    ['1 Euro pro Stunde', 'EUR', 100, 60],
    ['2 euros per hour', 'EUR', 200, 60],
    ['EUR 1.20 per hour', 'EUR', 120, 60],
    ['1.50 EUR/1 hour', 'EUR', 150, 60],
    ['1.50 EUR/2 hours', 'EUR', 150, 120],
    ['1.50 EUR/2hours', 'EUR', 150, 120],
    ['1.50 EUR/1.5 hours', 'EUR', 150, 90],
    ['1.50 EUR/1 h 30 min', 'EUR', 150, 90],
    ['0.05 EUR/min', 'EUR', 5, 1],
    ['12 EUR/24 hours', 'EUR', 1200, 1440],
    ['12 EUR/24h', 'EUR', 1200, 1440],
    ['5 EUR/day', 'EUR', 500, null],
    ['5 EUR/1 day', 'EUR', 500, null],
    ['1 EUR/motorcycle/hour', 'EUR', 100, 60],
    ['2 EUR/motorcycle', 'EUR', 200, null],
    ['0 EUR/hour', 'EUR', 0, 60],
    ['100 JPY/30 min', 'JPY', 100, 30],
    ['0.500 KWD/hour', 'KWD', 500, 60],
    ['0.5 KWD/hour', 'KWD', 500, 60],
    ['US$2/hour', 'USD', 200, 60],
    ['HK$ 2/hour', 'HKD', 200, 60],
    ['3 zł/h', 'PLN', 300, 60],
    ['20 Kč/hour', 'CZK', 2000, 60],
    ['  2 \u00a0EUR ', 'EUR', 200, null],
  ])('%s is read', (text, currency, amountMinor, perMinutes) => {
    expect(readCharge(text)).toEqual({
      value: { currency, amountMinor, perMinutes, maxPerDayMinor: null },
      warning: null,
    })
  })

  it.each([
    '1.50 EUR/hour, max 9 EUR/day',
    '1.50 EUR/hour; max. 9.00 EUR/day',
    '1,50 €/h (maximum: 9 €/day)',
    '1.50 EUR/hour (max 9 EUR/1 day)',
  ])('%s has a cap per day', (text) => {
    expect(readCharge(text).value).toEqual({
      currency: 'EUR',
      amountMinor: 150,
      perMinutes: 60,
      maxPerDayMinor: 900,
    })
  })

  it.each([
    'yes',
    'free',
    '?',
    '2',
    '1.50',
    'EUR',
    'EUR/hour',
    '$2/hour',
    '£1/hour',
    '¥100',
    '10 kr/h',
    '2 XXX',
    '2 constructor',
    '50 ct/h',
    'EUR 2 EUR',
    '-2 EUR',
    '+2 EUR',
    '1-2 EUR/h',
    'ab 1 EUR/h',
    'from 1 EUR',
    '~1 EUR',
    '1.505 EUR',
    '1.000 EUR',
    '1,000 KWD',
    '15,000 IDR',
    '15 000 IDR',
    '1.000.000 VND',
    '100.50 JPY',
    '2,- EUR',
    '1 EUR/m',
    '1 EUR/night',
    '1 EUR/week',
    '30 EUR/month',
    '2 EUR/person',
    '2 EUR/motorcar',
    '2 EUR/kWh',
    '2 EUR/2 days',
    '2 EUR/0 min',
    '2 EUR/48 hours',
    '2 EUR/20 s',
    '1 EUR/',
    '1 EUR/hour/day',
    '1 EUR/hour; 2 EUR/hour',
    '1 EUR/hour;8 EUR/day',
    '1 EUR first hour, then 2 EUR',
    '1 EUR/hour, max 9 EUR',
    '1 EUR/hour, max 9 USD/day',
    '1 EUR/hour, max 9 EUR/24h',
    '1 EUR/hour, max 2 hours',
    'Mo-Fr 08:00-18:00 1 EUR/hour',
    '1 EUR/hour @ (Mo-Fr)',
    '99999999999999999 EUR',
  ])('%s is not read, with a warning', (text) => {
    expect(readCharge(text)).toEqual({
      value: null,
      warning: `charge "${text}" is not a price like "1.50 EUR/hour"; kept as unknown`,
    })
  })

  it.each([undefined, '', '  ', null])('%j is unknown without a warning', (value) => {
    expect(readCharge(value)).toEqual({ value: null, warning: null })
  })
})

describe('every currency', () => {
  it.each(CURRENCIES)('%s is read before and after the amount', (code) => {
    const value = { currency: code, amountMinor: 2 * 10 ** (minorDigits(code) ?? Number.NaN), perMinutes: 60 }
    for (const text of [`2 ${code}/hour`, `${code} 2/hour`, `2${code.toLowerCase()}/hour`]) {
      expect(readCharge(text).value, text).toEqual({ ...value, maxPerDayMinor: null })
    }
  })

  it('has the digits of ISO 4217', () => {
    expect(['EUR', 'JPY', 'KWD', 'UGX', 'XXX'].map(minorDigits)).toEqual([2, 0, 3, 0, null])
    expect(CURRENCIES.every((code) => /^[A-Z]{3}$/.test(code))).toBe(true)
    expect(new Set(CURRENCIES).size).toBe(CURRENCIES.length)
  })

  it.each(['$', '£', '¥', 'kr', '', 'toString', 'XAU'])('is unknown by the name %j', (name) => {
    expect(currencyOf(name)).toBeNull()
  })
})
