import {
  ACCESS,
  answerWords,
  CLOSED,
  FEES,
  FILTER_NAMES,
  HOURS_STATES,
  matchesFilter,
  MAY_PARK,
  mayPark,
  readRules,
  UNKNOWN_FACTS,
  VEHICLES,
  type HoursAt,
  type Vehicle,
  type VehicleRules,
  type ZoneFacts,
} from '@kickstand/domain'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { factColumns } from '#db/fact-columns.ts'
import { filterBits, vehicleBits } from './filter-bits.ts'
import { filterOf, passes, readFilter, type FilteredBoard } from './search-filter.ts'

const flag = fc.constantFrom(null, true, false)
const answer = fc.constantFrom(...MAY_PARK)
const vehicles: fc.Arbitrary<VehicleRules> = fc.record({
  moped: answer,
  scooter: answer,
  motorcycle: answer,
  heavy: answer,
  sidecar: answer,
  electric: answer,
})

const zones: fc.Arbitrary<ZoneFacts> = fc
  .record({
    vehicles,
    access: fc.constantFrom(null, ...ACCESS),
    accessConditional: fc.constantFrom(null, 'no @ (Mo-Fr 08:00-10:00)', 'unreadable'),
    fee: fc.constantFrom(null, ...FEES),
    feeConditional: fc.constantFrom(null, 'no @ (Su)', 'yes @ (Mo-Fr 08:00-18:00)'),
    openingHours: fc.constantFrom(null, '', '24/7', 'Mo-Fr 08:00-18:00', 'by arrangement'),
    surface: fc.constantFrom(null, 'asphalt', 'gravel', 'marble dust'),
    covered: flag,
    anchors: flag,
    surveillance: flag,
    charging: flag,
    lit: flag,
  })
  .map((facts) => ({ ...UNKNOWN_FACTS, lat: 0, lng: 0, ...facts }))

const queries = fc.record(
  {
    vehicle: fc.constantFrom(...VEHICLES),
    ...Object.fromEntries(
      FILTER_NAMES.map((name) => [
        name,
        fc.subarray(answerWords(name), { minLength: 1 }).map((words): string | string[] => words.join()),
      ]),
    ),
  },
  { requiredKeys: [] },
)

const availabilities = fc.record({
  state: fc.constantFrom('some', 'unknown', 'closed'),
  chance: fc.constantFrom(null, 0.2, 0.5, 0.8),
} as const)

it('a search by bits lets through what the predicate of the domain lets through', () => {
  fc.assert(
    fc.property(
      zones,
      queries,
      availabilities,
      fc.constantFrom(...HOURS_STATES),
      (facts, query, availability, state) => {
        const when: HoursAt = () => ({ state, until: null })
        const rulesOf = (vehicle: Vehicle) => mayPark(readRules(facts), vehicle, [], 0, when)
        const board: FilteredBoard = {
          filters: () => filterBits(factColumns(facts), vehicleBits(facts.vehicles)),
          rules: (_row, vehicle) => ({ rules: rulesOf(vehicle), json: Buffer.alloc(0) }),
          availability: () => ({ ...CLOSED, ...availability }),
        }
        const filter = filterOf(query)
        const expected = matchesFilter(filter, {
          ...facts,
          rules: rulesOf(filter.vehicle ?? 'motorcycle'),
          availability,
        })
        expect(passes(board, readFilter(query), 0, 0, 0)).toBe(expected)
      },
    ),
    { numRuns: 5_000 },
  )
})
