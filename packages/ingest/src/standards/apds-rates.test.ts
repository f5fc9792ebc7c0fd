import { checkTariff } from '@kickstand/domain'
import { expect, it } from 'vitest'
import { tariffOfRates } from './apds-rates.ts'

const hour = { sequence: 1, rateLineType: 'incrementingRate', incrementPeriod: 'PT1H', value: 1.2 }

function read(rateLines: readonly object[], more: object = {}) {
  return tariffOfRates({ rateLineCollections: [{ applicableCurrency: 'EUR', rateLines, ...more }] })
}

it.each([
  ['one price for each hour', [hour], 0, { perMinutes: 60, amountMinor: 120 }],
  ['the same price for the first hours', [hour, { ...hour, sequence: 2 }], 0, { perMinutes: 60, amountMinor: 120 }],
  [
    'a free first half hour, in any order of the lines',
    [
      { ...hour, sequence: 2 },
      { ...hour, sequence: 1, incrementPeriod: 'PT30M', value: 0 },
    ],
    30,
    { perMinutes: 60, amountMinor: 120 },
  ],
  [
    'a single payment',
    [{ sequence: 1, rateLineType: 'flatRate', value: 3 }],
    0,
    { perMinutes: null, amountMinor: 300 },
  ],
])('%s is a tariff', (_name, lines, freeMinutes, price) => {
  const tariff = read(lines)
  expect(tariff).toMatchObject({ currency: 'EUR', freeMinutes, bands: [price] })
  if (typeof tariff === 'object' && tariff !== null) expect(checkTariff(tariff)).toEqual([])
})

it.each([
  // As in the sample of the standard: the price depends on the hour since arrival.
  ['prices that differ', [hour, { ...hour, sequence: 2, value: 3.3 }], {}],
  ['a line with a maximum', [{ ...hour, maxValue: 5 }], {}],
  ['a line with a condition', [{ ...hour, usageCondition: 'fixedDuration' }], {}],
  ['tax to be added', [hour], { taxIncluded: false }],
  ['no known currency', [hour], { applicableCurrency: 'EURO' }],
  ['a unit of days and seconds', [{ ...hour, incrementPeriod: 'PT90S' }], {}],
  ['a negative price', [{ ...hour, value: -1 }], {}],
])('%s cannot be stated by a tariff', (_name, lines, more) => {
  expect(read(lines, more)).toBe('an APDS rate table with several prices')
})

it('no rate table is no tariff', () => {
  expect(tariffOfRates({})).toBeNull()
})
