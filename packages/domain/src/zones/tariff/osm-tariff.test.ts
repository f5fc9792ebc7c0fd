import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mayPark } from '../may-park.ts'
import { conditionsOf } from '../osm-conditions.ts'
import type { OsmTags } from '../osm-special.ts'
import { readRules } from '../zone-rules.ts'
import { UNKNOWN_FACTS } from '../zone.ts'
import { everyVehicle } from '#vehicles/vehicle.ts'
import { checkTariff } from './check-tariff.ts'
import { tariffFromOsm } from './osm-tariff.ts'
import { priceOf } from './price-of.ts'
import type { Tariff, TariffBand } from './tariff.ts'
import { readWeekHours } from './week-hours.ts'

const WORKDAYS = ['Mo', 'Tu', 'We', 'Th', 'Fr'] as const
const ALWAYS: TariffBand = { days: [...WORKDAYS, 'Sa', 'Su'], from: 0, until: 1440, perMinutes: 60, amountMinor: 150 }
const NINE_TO_SIX = { ...ALWAYS, days: WORKDAYS, from: 540, until: 1080 }
const PH_FREE = { ...ALWAYS, days: ['PH'], amountMinor: 0 } as const
const CHARGE = { charge: '1.50 EUR/hour' }
const euros = (...bands: readonly TariffBand[]): Tariff => ({
  currency: 'EUR',
  freeMinutes: 0,
  bands,
  maxPerDayMinor: null,
})

describe('the tariff in OSM tags', () => {
  it.each<[OsmTags, Tariff]>([
    [{ fee: 'yes' }, euros(ALWAYS)],
    [{}, euros(ALWAYS)],
    [{ fee: '1.50 EUR/hour' }, euros(ALWAYS)],
    [{ fee: 'Mo-Fr 09:00-18:00' }, euros(NINE_TO_SIX)],
    [{ fee: 'Mo-Fr 09:00-18:00; PH off' }, euros(NINE_TO_SIX, PH_FREE)],
    [{ fee: 'yes @ (Mo-Fr 09:00-18:00); no @ (Sa-Su); no @ (Mo-Fr 00:00-09:00,18:00-24:00)' }, euros(NINE_TO_SIX)],
    [{ fee: 'no', 'fee:conditional': 'yes @ (Mo-Fr 09:00-18:00)' }, euros(NINE_TO_SIX)],
    [{ fee: 'no', 'fee:conditional': 'yes @ Mo-Fr 09:00-12:00; yes @ Mo-Fr 12:00-18:00' }, euros(NINE_TO_SIX)],
    [{ fee: 'no', 'fee:conditional': 'yes @ (Mo-Fr 09:00-18:00; PH off)' }, euros(NINE_TO_SIX, PH_FREE)],
    [
      { fee: 'no', 'fee:conditional': 'yes @ (Mo-Fr,PH 09:00-18:00)' },
      euros({ ...NINE_TO_SIX, days: [...WORKDAYS, 'PH'] }),
    ],
    [{ fee: 'yes', 'fee:conditional': 'no @ (Sa-Su)' }, euros({ ...ALWAYS, days: WORKDAYS })],
    [{ fee: 'yes', 'fee:conditional': 'no @ (PH)' }, euros(ALWAYS, PH_FREE)],
    [{ fee: 'yes', 'fee:conditional': 'no @ (18:00-09:00)' }, euros({ ...ALWAYS, from: 540, until: 1080 })],
    [{ fee: 'yes', 'fee:conditional': 'no @ (Sa-Su); no @ residents' }, euros({ ...ALWAYS, days: WORKDAYS })],
    [{ fee: 'yes', 'fee:conditional': 'no @ (disabled)' }, euros(ALWAYS)],
    [{ fee: 'interval', 'fee:conditional': 'no @ (24/7); yes @ (Mo-Fr 09:00-18:00)' }, euros(NINE_TO_SIX)],
    [{ charge: '5 USD/h', 'charge:motorcycle': '1.50 EUR/hour' }, euros(ALWAYS)],
    [{ charge: '5 USD/h', 'motorcycle:charge': '1.50 EUR/hour' }, euros(ALWAYS)],
    [{ 'charge:motorcycle': '1.50 EUR/hour', 'charge:conditional': '1 EUR/h @ (Sa)' }, euros(ALWAYS)],
    [{ fee: 'no', 'fee:motorcycle': 'yes' }, euros(ALWAYS)],
    [{ 'fee:motorcycle': 'yes', 'fee:conditional': 'no @ (Sa-Su)' }, euros(ALWAYS)],
    [{ charge: '2 EUR' }, euros({ ...ALWAYS, perMinutes: null, amountMinor: 200 })],
    [{ charge: '1.50 EUR/hour, max 9 EUR/day' }, { ...euros(ALWAYS), maxPerDayMinor: 900 }],
  ])('%j', (tags, value) => {
    expect(tariffFromOsm({ ...CHARGE, ...tags })).toEqual({ value, warning: null })
  })

  it.each<OsmTags>([
    {},
    { fee: 'yes' },
    { fee: '2 EUR' },
    { fee: 'no', charge: '0 EUR' },
    { ...CHARGE, 'fee:motorcycle': 'no' },
    { ...CHARGE, fee: 'no', 'fee:conditional': 'no @ (PH)' },
  ])('%j have none, without a warning', (tags) => {
    expect(tariffFromOsm(tags)).toEqual({ value: null, warning: null })
  })

  it.each<[OsmTags, string]>([
    [{ charge: 'see sign' }, 'charge "see sign" is not a price like "1.50 EUR/hour"'],
    [
      { 'charge:conditional': '1 EUR/h @ (Sa)' },
      'charge:conditional "1 EUR/h @ (Sa)" is not a price without conditions',
    ],
    [{ fee: 'yes', charge: '0 EUR' }, 'charge "0 EUR" is not above zero, although there is a fee'],
    [{ fee: 'no' }, 'charge "1.50 EUR/hour" is not consistent with the fee, which is free'],
    [{ fee: '2 EUR' }, 'fee "2 EUR" is not the charge "1.50 EUR/hour"'],
    [{ fee: 'donation' }, 'fee "donation" is not a fee with weekly hours'],
    [{ fee: 'interval' }, 'fee "interval" is not'],
    [{ fee: 'interval', 'fee:conditional': 'yes @ (Mo-Fr 09:00-18:00)' }, 'fee "yes @'],
    [{ fee: 'no @ (Sa-Su)' }, 'fee "no @ (Sa-Su)" is not'],
    [{ fee: 'yes', 'fee:conditional': 'yes @ (Mo-Fr 09:00-18:00)' }, 'fee "yes @'],
    [{ fee: 'yes', 'fee:conditional': 'no @ (stay < 30 minutes)' }, 'fee "no @ (stay'],
    [{ fee: 'no', 'fee:conditional': 'yes @ (stay > 2 hours AND Mo-Fr 09:00-18:00)' }, 'fee "yes @ (stay'],
    [{ fee: 'no', 'fee:conditional': 'yes @ (visitors)' }, 'fee "yes @ (visitors)" is not'],
    [{ fee: 'no', 'fee:conditional': '2 EUR @ (Sa)' }, 'fee "2 EUR @ (Sa)" is not'],
    [{ fee: 'no', 'fee:conditional': 'maybe @ (Sa)' }, 'fee "maybe @ (Sa)" is not'],
    [{ fee: 'yes', 'fee:conditional': 'no @ (Jul-Aug)' }, 'fee "no @ (Jul-Aug)" is not'],
    [{ fee: 'yes', 'fee:conditional': 'no @ (SH)' }, 'fee "no @ (SH)" is not'],
    [{ fee: 'yes', 'fee:conditional': 'no @ (destination)' }, 'fee "no @ (destination)" is not'],
    [{ fee: 'yes', 'fee:conditional': 'in summer' }, 'fee "in summer" is not'],
    // Holidays on Saturdays differ from holidays on Mondays.
    [{ fee: 'no', 'fee:conditional': 'yes @ (PH 09:00-18:00; Sa 09:00-13:00)' }, 'fee "yes @ (PH'],
    [{ charge: '99999999 EUR' }, 'charge "99999999 EUR" is not plausible'],
  ])('%j cannot be read, with a warning', (tags, warning) => {
    const read = tariffFromOsm({ ...CHARGE, ...tags })
    expect(read.value).toBeNull()
    expect(read.warning?.startsWith(warning), read.warning ?? '').toBe(true)
    expect(read.warning?.endsWith('; kept as unknown')).toBe(true)
  })
})

const dayName = fc.constantFrom(...WORKDAYS, 'Sa', 'Su', 'PH')
const time = fc.integer({ min: 0, max: 23 }).map((hour) => String(hour).padStart(2, '0'))
/** One in five may run over midnight. */
const span = fc
  .tuple(time, time, fc.integer({ min: 0, max: 4 }))
  .map(([from, until, kind]) => (kind === 0 ? [from, until] : [from, until].toSorted((a, b) => Number(a) - Number(b))))
const rule = fc
  .tuple(fc.uniqueArray(dayName, { minLength: 1, maxLength: 4 }), span)
  .map(([days, [from, until]]) => `${days.join(',')} ${from}:00-${until}:30`)
const clause = fc
  .tuple(fc.constantFrom('yes', 'no'), fc.array(rule, { minLength: 1, maxLength: 2 }))
  .map(([fee, rules]) => `${fee} @ (${rules.join('; ')})`)
const anyTags: fc.Arbitrary<OsmTags> = fc
  .tuple(fc.constantFrom('yes', 'no'), fc.array(clause, { minLength: 1, maxLength: 3 }))
  .map(([fee, clauses]) => ({ charge: '1 EUR/30 min', fee, 'fee:conditional': clauses.join('; ') }))
/** Monday 21 December 2026, and the Friday of that week, a holiday. */
const MONDAY = Date.parse('2026-12-21') / 86_400_000
const isHoliday = (day: number): boolean => day === MONDAY + 4

describe('the tariff of any fee with hours', () => {
  it('is valid, and costs something exactly when the fee is due', () => {
    let compared = 0
    fc.assert(
      fc.property(anyTags, fc.integer({ min: 0, max: 7 * 1440 - 1 }), (tags, minute) => {
        const { value } = tariffFromOsm(tags)
        if (value === null) return
        compared += 1
        expect(checkTariff(value)).toEqual([])
        const at = MONDAY * 1440 + minute
        const row = Math.floor(minute / 1440) + (isHoliday(Math.floor(at / 1440)) ? 7 : 0)
        const when = (hours: string) => {
          const spans = readWeekHours(hours)?.[row] ?? []
          const isOpen = spans.some(({ from, until }) => minute % 1440 >= from && minute % 1440 < until)
          return { state: isOpen ? ('open' as const) : ('closed' as const), until: null }
        }
        const facts = { ...UNKNOWN_FACTS, ...conditionsOf(tags), vehicles: everyVehicle('yes') }
        const rules = readRules({ ...facts, fee: tags['fee'] === 'yes' ? 'paid' : 'free' })
        const { fee } = mayPark(rules, 'motorcycle', [], at * 60_000, when)
        const price = priceOf(value, at * 60_000, 1, { offsetAt: () => 0, isHoliday })
        expect(price).toBe(fee.state === 'paid' ? 100 : 0)
      }),
      { numRuns: 1000 },
    )
    expect(compared).toBeGreaterThan(150)
  })

  it('never throws, whatever the tags', () => {
    const text = fc.string({ unit: 'binary', maxLength: 30 })
    fc.assert(
      fc.property(text, text, text, (charge, fee, conditional) => {
        const { value, warning } = tariffFromOsm({ charge, fee, 'fee:conditional': conditional })
        expect(value === null || warning === null).toBe(true)
      }),
    )
  })
})
