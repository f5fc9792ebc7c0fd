import type { Tariff, TariffBand } from '@kickstand/domain'
import { expect, it } from 'vitest'
import { textsOf } from '#i18n/fixtures.ts'
import { tariffText } from './tariff-words.ts'

const words = await textsOf('en', 'en-GB')
const WORKDAYS = ['Mo', 'Tu', 'We', 'Th', 'Fr'] as const
const WEEK = [...WORKDAYS, 'Sa', 'Su'] as const
const day: TariffBand = { days: WORKDAYS, from: 480, until: 1080, perMinutes: 60, amountMinor: 120 }
const always: TariffBand = { ...day, days: WEEK, from: 0, until: 1440 }

function text(bands: readonly TariffBand[], more: Partial<Tariff> = {}): string {
  return tariffText({ currency: 'EUR', freeMinutes: 0, maxPerDayMinor: null, bands, ...more }, words)
}

it.each<[string, readonly TariffBand[], Partial<Tariff>]>([
  [
    '€1.20 per hour, first 30 mins free, at most €8 a day; Mon–Fri 08:00–18:00',
    [day],
    { freeMinutes: 30, maxPerDayMinor: 800 },
  ],
  ['€1.20 per hour', [always], {}],
  ['€1.20 per hour', [{ ...always, days: [...WEEK, 'PH'] }], {}],
  ['€1 per 4 hrs', [{ ...always, perMinutes: 240, amountMinor: 100 }], {}],
  ['€2 a day', [{ ...always, perMinutes: null, amountMinor: 200 }], {}],
  ['€2 once; Mon–Fri 08:00–18:00', [{ ...day, perMinutes: null, amountMinor: 200 }], {}],
  ['€1.20 per hour; Mon–Fri 08:00–18:00 · Sat 08:00–13:00', [day, { ...day, days: ['Sa'], until: 780 }], {}],
  [
    '€1.20 per hour (Mon–Fri 08:00–18:00), €0.50 per hour (Sat–Sun all day), at most €8 a day',
    [day, { ...always, days: ['Sa', 'Su'], amountMinor: 50 }],
    { maxPerDayMinor: 800 },
  ],
  [
    '€1.20 per hour (Mon–Fri 08:00–18:00), free (public holidays all day)',
    [day, { ...always, days: ['PH'], amountMinor: 0 }],
    {},
  ],
  // A currency without a minor unit, and one with three digits.
  ['JP¥100 per hour', [{ ...always, amountMinor: 100 }], { currency: 'JPY' }],
  ['KWD 0.250 per hour', [{ ...always, amountMinor: 250 }], { currency: 'KWD' }],
])('%s', (expected, bands, more) => {
  expect(text(bands, more).replaceAll('\u{a0}', ' ')).toBe(expected)
})
