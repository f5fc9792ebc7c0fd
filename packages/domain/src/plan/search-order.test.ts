import fc from 'fast-check'
import { expect, it } from 'vitest'
import { guessChance } from './choose-candidates.ts'
import { TOWN_RIDER, type PlanCandidate } from './plan.ts'
import { costOrder, createTables, fillTables, searchOrder } from './search-order.ts'

const chance = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom(null, 0, 1) },
  { weight: 3, arbitrary: fc.double({ min: 0, max: 1, noNaN: true }) },
)
/** Places within a few streets, so that bounds prune few orders early. */
const candidate: fc.Arbitrary<PlanCandidate> = fc.record({
  east: fc.integer({ min: -400, max: 400 }),
  north: fc.integer({ min: -400, max: 400 }),
  chance,
  chanceLater: chance,
  expectedFree: fc.constant(null),
})
const rider = fc
  .record({ east: fc.integer({ min: -800, max: 800 }), north: fc.integer({ min: -800, max: 800 }) })
  .map((at) => ({ ...TOWN_RIDER, ...at }))

/** Every order of at most `most` of `count` places. */
function* orders(count: number, most: number, begun: readonly number[] = []): Generator<readonly number[]> {
  yield begun
  if (begun.length === most) return
  for (let i = 0; i < count; i += 1) if (!begun.includes(i)) yield* orders(count, most, [...begun, i])
}

/** The search prunes orders that are not better by 1e-7 s at each of at most four stops. */
const TOLERATED_SECONDS = 1e-6

it.each([
  { places: 5, stops: 4, numRuns: 4_000 },
  { places: 12, stops: 3, numRuns: 200 },
])('searchOrder finds the least of all orders of $stops of $places places', ({ places, stops, numRuns }) => {
  const tables = createTables()
  const cases = fc.tuple(
    fc.array(candidate, { minLength: 1, maxLength: places, size: 'max' }),
    fc.array(candidate, { maxLength: 2 }),
    rider,
    fc.integer({ min: 1, max: stops }),
  )
  fc.assert(
    fc.property(cases, ([candidates, full, from, most]) => {
      const all = [...candidates.keys()]
      fillTables(tables, candidates, all, from, most, guessChance(candidates), full)
      let least = Number.POSITIVE_INFINITY
      for (const order of orders(all.length, tables.stops)) least = Math.min(least, costOrder(tables, order))
      const found = searchOrder(tables, [])
      expect(found.length).toBeLessThanOrEqual(most)
      expect(costOrder(tables, found)).toBeLessThanOrEqual(least + TOLERATED_SECONDS)
    }),
    { numRuns },
  )
})
