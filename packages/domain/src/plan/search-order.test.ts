import fc from 'fast-check'
import { expect, it } from 'vitest'
import { guessChance } from './choose-candidates.ts'
import { TOWN_RIDER, type PlanCandidate } from './plan.ts'
import { createTables, fillTables } from './order-tables.ts'
import { costOrder, searchOrder } from './search-order.ts'

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

/** What the bounds may miss, since the sampled scenarios keep to the rule behind them only approximately. */
const tolerated = (least: number, full: readonly unknown[]): number => (full.length === 0 ? 0.5 : 0.05 * least)

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
      expect(costOrder(tables, found)).toBeLessThanOrEqual(least + tolerated(least, full))
    }),
    { numRuns },
  )
})

it('finds the order that pays after zones were seen full against all expectation', () => {
  // Two zones with a chance of 1 were full: the only scenarios left are those where the far zone is likelier to have a space.
  const place = (east: number, north: number, now: number | null, later: number | null): PlanCandidate => {
    return { east, north, chance: now, chanceLater: later, expectedFree: null }
  }
  const candidates = [
    place(-317, -266, 0, 0),
    place(-311, -359, 0, 0),
    place(-118, -324, 0, 0),
    place(288, 228, null, 0),
  ]
  const full = [place(-235, -310, 1, 0), place(-96, -12, 0, 0)]
  const tables = createTables()
  const from = { ...TOWN_RIDER, east: 794, north: -134 }
  fillTables(tables, candidates, [0, 1, 2, 3], from, 4, guessChance(candidates), full)
  expect(costOrder(tables, [3])).toBeLessThan(costOrder(tables, []) - 50)
  expect(searchOrder(tables, [])).toEqual([3])
})
