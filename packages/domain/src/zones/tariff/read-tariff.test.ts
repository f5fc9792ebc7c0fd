import { expect, it } from 'vitest'
import { readTariff } from './read-tariff.ts'

const BAND = { days: ['Mo', 'Tu'], from: 480, until: 1080, perMinutes: 60, amountMinor: 120 }
const TARIFF = { currency: 'EUR', freeMinutes: 30, bands: [BAND], maxPerDayMinor: 800 }

it('reads a tariff from an object and from its JSON', () => {
  expect(readTariff(TARIFF)).toEqual({ value: TARIFF, warning: null })
  expect(readTariff(JSON.stringify(TARIFF))).toEqual({ value: TARIFF, warning: null })
})

it('gives equal tariffs equal JSON, whatever the order of their properties and days', () => {
  const other = {
    maxPerDayMinor: 800,
    bands: [{ amountMinor: 120, perMinutes: 60, until: 1080, from: 480, days: ['Tu', 'Mo'], note: 'x' }],
    freeMinutes: 30,
    currency: 'EUR',
  }
  expect(JSON.stringify(readTariff(other).value)).toBe(JSON.stringify(TARIFF))
})

it('takes no free minutes, no maximum and a single payment where they are absent', () => {
  const { value } = readTariff({ currency: 'EUR', bands: [{ days: ['Mo'], from: 0, until: 1440, amountMinor: 200 }] })
  expect(value).toMatchObject({ freeMinutes: 0, maxPerDayMinor: null, bands: [{ perMinutes: null }] })
})

it.each([
  ['€2', /"€2" is not an object/],
  ['{"currency":', /is not an object/],
  [[], /is not an object/],
  [7, /is not an object/],
  [{ currency: 'EUR', bands: 'daily' }, /is not an object/],
  [{ currency: 'EUR', bands: [{ ...BAND, days: ['Mo', 'Xx'] }] }, /is not an object/],
  [{ currency: 'EUR', bands: [{ ...BAND, amountMinor: '120' }] }, /is not an object/],
  [{ ...TARIFF, currency: 'EURO' }, /currency "EURO" is not an ISO 4217 code/],
  [{ ...TARIFF, bands: [] }, /bands must have/],
  [{ ...TARIFF, bands: [{ ...BAND, amountMinor: -1 }] }, /amountMinor is -1/],
  [{ ...TARIFF, bands: [BAND, BAND] }, /overlaps/],
])('keeps %j as unknown, with a warning', (value, warning) => {
  const read = readTariff(value)
  expect(read.value).toBeNull()
  expect(read.warning).toMatch(warning)
})

it('shortens a hostile currency in the warning', () => {
  expect(readTariff({ ...TARIFF, currency: 'X'.repeat(1_000_000) }).warning?.length).toBeLessThan(120)
})

it('reads no tariff without a warning where there is none', () => {
  expect(readTariff(null)).toEqual({ value: null, warning: null })
  expect(readTariff(undefined)).toEqual({ value: null, warning: null })
})
