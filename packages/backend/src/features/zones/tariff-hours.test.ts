import { readFileSync } from 'node:fs'
import path from 'node:path'
import { priceOf, tariffFromOsm } from '@kickstand/domain'
import { sharedData } from '@kickstand/testkit'
import { expect, it } from 'vitest'
import { openBetween } from './holiday-hours.ts'

const HOUR = 60 * 60_000
const WEEK_HOURS = 168
/** 8 June 2026; its Wednesday and Saturday are holidays in this test. */
const MONDAY = Date.parse('2026-06-08')
const isHoliday = (day: number): boolean => [2, 5].includes(day - MONDAY / (24 * HOUR))
const PLACE = { timeZone: 'UTC', lat: 52.52, lng: 13.4, country: 'de', isHoliday }

const data = sharedData('importer/opening_hours')
it.skipIf(data === null)('paid hours are the hours of the opening_hours library', { timeout: 60_000 }, () => {
  const values = readFileSync(path.join(data ?? '', 'real-osm-values.tsv'), 'utf8')
    .split('\n')
    .slice(1)
    .flatMap((line) => line.split('\t')[1] ?? [])
  let compared = 0
  let withHolidays = 0
  for (const fee of values) {
    const { value } = tariffFromOsm({ charge: '1 EUR/min', fee })
    if (value === null) continue
    compared += 1
    withHolidays += Number(fee.includes('PH'))
    const open = openBetween(fee, PLACE, MONDAY, MONDAY + WEEK_HOURS * HOUR) ?? []
    for (let from = MONDAY; from < MONDAY + WEEK_HOURS * HOUR; from += HOUR) {
      const minutes = open.map((one) => Math.max(0, Math.min(one.to, from + HOUR) - Math.max(one.from, from)) / 60_000)
      const price = priceOf(value, from, 60, { offsetAt: () => 0, isHoliday })
      expect(price, `${fee} at ${new Date(from).toISOString()}`).toBe(100 * minutes.reduce((sum, one) => sum + one, 0))
    }
  }
  expect(compared).toBeGreaterThan(900)
  expect(withHolidays).toBeGreaterThan(20)
})
