import { AVAILABILITY_SOURCES, LEVELS, NOTHING_KNOWN, STATES, type Availability, type Latest } from '@kickstand/domain'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { MAX_AVAILABILITY_BYTES, availabilityJson, toAvailabilityBody, toTimestamp } from './availability-json.ts'

const NOW = Date.UTC(2026, 2, 4, 12)
const orNull = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(values, { nil: null })

const sighted = fc.oneof(
  fc.record({ kind: fc.constant('count' as const), count: fc.nat(500), level: fc.constant(null) }),
  fc.record({ kind: fc.constant('level' as const), count: fc.constant(null), level: fc.constantFrom(...LEVELS) }),
)
const besides = fc.record({
  observedAt: fc.integer({ min: NOW - 86_400_000, max: NOW }),
  source: fc.constantFrom('rider' as const, 'sensor' as const),
  agrees: fc.boolean(),
  expected: orNull(
    fc.record({
      minutes: fc.integer({ min: 1, max: 60 }),
      state: fc.constantFrom(...STATES),
      chance: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
  ),
})
const latest: fc.Arbitrary<Latest> = fc.tuple(sighted, besides).map(([what, more]) => ({ ...what, ...more }))

const availability: fc.Arbitrary<Availability> = fc.record({
  state: fc.constantFrom(...STATES),
  expectedFree: orNull(fc.double({ min: 0, max: 500, noNaN: true })),
  freeLow: orNull(fc.nat(500)),
  freeHigh: orNull(fc.nat(500)),
  chance: orNull(fc.double({ min: 0, max: 1, noNaN: true })),
  observedAt: orNull(fc.integer({ min: NOW - 86_400_000, max: NOW + 1_000 })),
  source: fc.constantFrom(...AVAILABILITY_SOURCES),
  reports: fc.nat(1_000),
  reportsDisagree: fc.boolean(),
  capacityDoubted: fc.boolean(),
  latest: orNull(latest),
})

it('the JSON is that of the object', () => {
  fc.assert(
    fc.property(fc.oneof(availability, fc.constant(NOTHING_KNOWN)), (a) => {
      const text = availabilityJson(a, NOW)
      expect(text.length).toBeLessThanOrEqual(MAX_AVAILABILITY_BYTES)
      expect(availabilityJson(a, NOW)).toBe(text)
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(toAvailabilityBody(a, NOW))))
    }),
  )
})

it('timestamps equal those of Date, over days and years', () => {
  const time = fc.integer({ min: 0, max: Date.UTC(2999, 11, 31) })
  fc.assert(
    fc.property(time, (at) => {
      expect(toTimestamp(at)).toBe(new Date(at).toISOString())
    }),
  )
  for (const at of [NOW, NOW - 1, NOW + 86_399_999, 0, NOW]) expect(toTimestamp(at)).toBe(new Date(at).toISOString())
})

it('ages are never negative, and figures are rounded to their precision', () => {
  const body = toAvailabilityBody(
    { ...NOTHING_KNOWN, observedAt: NOW + 500, expectedFree: 3.149, chance: 0.98765 },
    NOW,
  )
  expect(body).toMatchObject({ ageSeconds: 0, expectedFree: 3.1, chance: 0.99 })
})
