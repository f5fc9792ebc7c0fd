import { describe, expect, it } from 'vitest'
import { checkTariff, MAX_BANDS } from './check-tariff.ts'
import type { Tariff, TariffBand } from './tariff.ts'

const WORKDAY: TariffBand = {
  days: ['Mo', 'Tu', 'We', 'Th', 'Fr'],
  from: 480,
  until: 1080,
  perMinutes: 60,
  amountMinor: 150,
}
const TARIFF: Tariff = { currency: 'EUR', freeMinutes: 30, bands: [WORKDAY], maxPerDayMinor: 900 }
const bands = (...all: Partial<TariffBand>[]): Partial<Tariff> => ({
  bands: all.map((one) => ({ ...WORKDAY, ...one })),
})
const pointers = (change: Partial<Tariff>) => checkTariff({ ...TARIFF, ...change }).map(({ pointer }) => pointer)

describe('a tariff', () => {
  it.each<Partial<Tariff>>([
    {},
    { currency: 'JPY', freeMinutes: 0, maxPerDayMinor: null },
    bands({ from: 0, until: 1440 }),
    bands({ from: 1320, until: 360 }),
    bands({ perMinutes: null }),
    bands({ days: ['PH'], amountMinor: 0 }, {}),
    bands({}, { days: ['Sa'] }, { from: 1080, until: 480 }),
    // Friday's night ends where Saturday starts.
    bands({ from: 1080, until: 360 }, { days: ['Sa'], from: 360, until: 1440 }),
  ])('%j is valid', (change) => {
    expect(pointers(change)).toEqual([])
  })

  it.each<[Partial<Tariff>, string]>([
    [{ currency: 'EURO' }, '/currency'],
    [{ currency: 'eur' }, '/currency'],
    [{ currency: 'XXX' }, '/currency'],
    [{ freeMinutes: -1 }, '/freeMinutes'],
    [{ freeMinutes: 1441 }, '/freeMinutes'],
    [{ freeMinutes: Number.NaN }, '/freeMinutes'],
    [{ maxPerDayMinor: 0 }, '/maxPerDayMinor'],
    [{ maxPerDayMinor: 1.5 }, '/maxPerDayMinor'],
    [{ bands: [] }, '/bands'],
    [{ bands: Array.from({ length: MAX_BANDS + 1 }, () => WORKDAY) }, '/bands'],
    [bands({ days: [] }), '/bands/0/days'],
    [bands({ days: ['Mo', 'Mo'] }), '/bands/0/days'],
    [bands({ from: -1 }), '/bands/0/from'],
    [bands({ from: 1440, until: 60 }), '/bands/0/from'],
    [bands({ until: 0 }), '/bands/0/until'],
    [bands({ until: 1441 }), '/bands/0/until'],
    [bands({ from: 600, until: 600 }), '/bands/0/until'],
    [bands({ perMinutes: 0 }), '/bands/0/perMinutes'],
    [bands({ perMinutes: 0.5 }), '/bands/0/perMinutes'],
    [bands({ perMinutes: 10_081 }), '/bands/0/perMinutes'],
    [bands({}, { days: ['Sa'], amountMinor: -1 }), '/bands/1/amountMinor'],
    [bands({ amountMinor: 1_000_000_001 }), '/bands/0/amountMinor'],
  ])('%j has one error, at %s', (change, pointer) => {
    expect(pointers(change).slice(0, 1)).toEqual([pointer])
  })

  it.each<[Partial<Tariff>, string]>([
    [bands({}, { days: ['Fr', 'Sa'], from: 1079, until: 1140 }), 'overlaps with band 0 on Fr'],
    // The night from Sunday to Monday.
    [bands({}, { days: ['Su'], from: 1320, until: 481 }), 'overlaps with band 0 on Mo'],
    [bands({ days: ['PH'], from: 0, until: 1440 }, { from: 1320, until: 60 }), 'overlaps with band 0 on PH'],
    [bands({ days: ['PH'], from: 1320, until: 481 }, {}), 'overlaps with band 0 on Mo'],
  ])('%j is rejected because it %s', (change, message) => {
    expect(checkTariff({ ...TARIFF, ...change })).toEqual([{ pointer: '/bands/1', message }])
  })

  it('is rejected with what was wrong and what was expected', () => {
    expect(checkTariff({ ...TARIFF, currency: '$', freeMinutes: 0.5 })).toEqual([
      { pointer: '/currency', message: '"$" is not an ISO 4217 code such as EUR' },
      { pointer: '/freeMinutes', message: 'is 0.5, expected a whole number from 0 to 1440' },
    ])
  })
})
