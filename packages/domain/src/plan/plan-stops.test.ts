import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mostFreeFirst, nearestFirst } from './choose-candidates.ts'
import { MAX_STOPS, TOWN_RIDER, type PlanCandidate, type PlanRider } from './plan.ts'
import { costOfOrder, planStops } from './plan-stops.ts'

const RIDER: PlanRider = { ...TOWN_RIDER, east: -900, north: 300 }
const chance = fc.oneof(fc.constant(null), fc.double({ min: 0, max: 1, noNaN: true }))
const candidate: fc.Arbitrary<PlanCandidate> = fc
  .record({
    east: fc.integer({ min: -1_000, max: 1_000 }),
    north: fc.integer({ min: -1_000, max: 1_000 }),
    chance,
    later: fc.double({ min: 0, max: 1, noNaN: true }),
    drifts: fc.boolean(),
    expectedFree: fc.double({ min: 0, max: 20, noNaN: true }),
  })
  .map(({ later, drifts, expectedFree, ...one }) => ({
    ...one,
    chanceLater: one.chance === null || !drifts ? null : later,
    expectedFree: one.chance === null ? null : expectedFree,
  }))
const stops = fc.integer({ min: 1, max: MAX_STOPS })
const place = (east: number, chanceThere: number | null, north = 0): PlanCandidate => ({
  east,
  north,
  chance: chanceThere,
  chanceLater: null,
  expectedFree: null,
})

/** Every order of at most `most` of the candidates. */
function* orders(count: number, most: number, begun: readonly number[] = []): Generator<readonly number[]> {
  yield begun
  if (begun.length === most) return
  for (let i = 0; i < count; i += 1) if (!begun.includes(i)) yield* orders(count, most, [...begun, i])
}

describe('planStops', { timeout: 60_000 }, () => {
  it('expects no longer than nearest first, most free first, or going to the best and giving up', () => {
    fc.assert(
      fc.property(fc.array(candidate, { maxLength: 60 }), stops, (candidates, most) => {
        const { expectedSeconds } = planStops(candidates, RIDER, most)
        const others = [nearestFirst(candidates), mostFreeFirst(candidates)].flatMap((order) =>
          Array.from({ length: most }, (_, n) => order.slice(0, n + 1)),
        )
        for (const order of others) {
          expect(expectedSeconds).toBeLessThanOrEqual(costOfOrder(candidates, RIDER, order).expectedSeconds + 0.05)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('finds the least of all orders', () => {
    fc.assert(
      fc.property(fc.array(candidate, { minLength: 1, maxLength: 6 }), fc.integer({ min: 1, max: 3 }), (all, most) => {
        let least = planStops([], RIDER, 1).expectedSeconds
        for (const order of orders(all.length, most)) {
          if (order.length > 0) least = Math.min(least, costOfOrder(all, RIDER, order).expectedSeconds)
        }
        // Orders lay the fields out from different zones, hence the tenth of a per cent.
        expect(planStops(all, RIDER, most).expectedSeconds).toBeLessThanOrEqual(least * 1.001)
      }),
      { numRuns: 100 },
    )
  })

  it('is never worse where a zone has a higher chance', () => {
    fc.assert(
      fc.property(
        fc.array(candidate, { minLength: 1, maxLength: 20 }),
        fc.nat(),
        fc.double({ min: 0, max: 1, noNaN: true }),
        stops,
        (all, which, more, most) => {
          const better = all.map((one, i) => {
            if (i !== which % all.length || one.chance === null) return one
            const later = one.chanceLater ?? one.chance
            return { ...one, chance: one.chance + (1 - one.chance) * more, chanceLater: later + (1 - later) * more }
          })
          const before = planStops(all, RIDER, most).expectedSeconds
          expect(planStops(better, RIDER, most).expectedSeconds).toBeLessThanOrEqual(before * 1.002)
        },
      ),
      { numRuns: 500 },
    )
  })

  it('is consistent: stops within the limit and none twice, chances in [0, 1], the first expects what the plan does', () => {
    fc.assert(
      fc.property(fc.array(candidate, { maxLength: 40 }), fc.integer({ min: -2, max: 9 }), (candidates, most) => {
        const plan = planStops(candidates, RIDER, most)
        expect(plan).toEqual(planStops(candidates, RIDER, most))
        expect(plan.stops.length).toBeLessThanOrEqual(Math.min(MAX_STOPS, Math.max(1, most)))
        expect(new Set(plan.stops.map((stop) => stop.candidate)).size).toBe(plan.stops.length)
        expect(plan.expectedSeconds).toBeLessThanOrEqual(planStops([], RIDER, 1).expectedSeconds)
        expect(plan.stops[0]?.expectedSeconds ?? plan.expectedSeconds).toBeCloseTo(plan.expectedSeconds, 4)
        expect(plan.stops.at(-1)?.chanceSoFar ?? 0).toBeCloseTo(plan.chance, 9)
        let arrive = 0
        let reached = 1
        for (const stop of plan.stops) {
          arrive += stop.rideSeconds + RIDER.stopSeconds
          expect(stop.arriveSeconds).toBeCloseTo(arrive, 6)
          expect(stop.reachedWith).toBeCloseTo(reached, 9)
          reached *= 1 - stop.chance
          expect(stop.chance).toBeGreaterThanOrEqual(0)
          expect(stop.chance).toBeLessThanOrEqual(1)
          expect(stop.reasons.length).toBeGreaterThan(0)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('takes the earlier of equals, and the others in the order they came', () => {
    const twins = [0, 1, 2, 3].map(() => place(100, 0.5))
    expect(planStops(twins, RIDER, 3).stops.map((stop) => stop.candidate)).toEqual([0, 1, 2])
  })

  it('skips a likely full zone at the door for a likely free one a little farther, with that reason', () => {
    const plan = planStops([place(0, 0.05), place(150, 0.9)], RIDER, 2)
    expect(plan.stops[0]).toMatchObject({ candidate: 1, chanceKnown: true })
    expect(plan.stops[0]?.reasons).toMatchObject([{ code: 'chance' }, { code: 'nearer-are-likely-full', chance: 0.05 }])
  })

  it('gives an unknown zone less chance than one with an even chance', () => {
    const plan = planStops([place(-10, null), place(10, 0.5)], { ...RIDER, east: 0 }, 2)
    expect(plan.stops.map((stop) => stop.candidate)).toEqual([1, 0])
    expect(plan.stops[1]).toMatchObject({ chanceKnown: false, reasons: [{ code: 'chance-unknown' }, {}, {}] })
    const blind = planStops([place(0, null)], RIDER, 1)
    expect(blind.chance).toBeLessThan(0.3)
  })

  it('expects less of a zone beside one that was full than of one far from it', () => {
    const [near, far] = [place(-380, 0.5), place(400, 0.5)]
    const first = place(-400, 0.5)
    const beside = costOfOrder([first, near], RIDER, [0, 1])
    const away = costOfOrder([first, far], RIDER, [0, 1])
    expect(beside.chance).toBeLessThan(away.chance - 0.05)
    expect(away.chance).toBeCloseTo(0.75, 1)
  })

  it('expects less beside a zone that the rider has just seen full, the less the likelier it was', () => {
    const near = [place(-350, 0.5)]
    const chanceAfter = (...full: PlanCandidate[]): number => planStops(near, RIDER, 1, full).chance
    const [alone, unlikely, likely, far] = [
      chanceAfter(),
      chanceAfter(place(-400, 0.2)),
      chanceAfter(place(-400, 0.9)),
      chanceAfter(place(5_000, 0.9)),
    ]
    expect(unlikely).toBeLessThan(alone)
    expect(likely).toBeLessThan(unlikely - 0.05)
    expect(far).toBeCloseTo(alone, 1)
    expect(planStops(near, RIDER, 1, [place(-400, 0.9)]).stops[0]?.reasons.map(({ code }) => code)).toContain(
      'full-nearby',
    )
    const many = Array.from({ length: 30 }, (_, i) => place(i, 0.5))
    expect(planStops(near, RIDER, 1, many).chance).toBeGreaterThanOrEqual(0)
    expect(planStops(near, RIDER, 1)).toEqual(planStops(near, RIDER, 1, []))
  })

  it('goes to the likeliest on the way where the walk does not count', () => {
    const [onTheWay, atTheDoor] = [place(-700, 0.9, 250), place(0, 0.9)]
    const first = (walkWeight: number) => planStops([onTheWay, atTheDoor], { ...RIDER, walkWeight }, 1).stops[0]
    expect(first(1)?.candidate).toBe(1)
    expect(first(0)?.candidate).toBe(0)
    expect(first(0)?.walkSeconds).toBeGreaterThan(500)
    expect(first(0)?.expectedSeconds).toBeLessThan(300)
  })

  it('has no stop where there is nothing to try, and none that takes longer than going without', () => {
    const nothing = planStops([], RIDER, 4)
    expect(nothing).toMatchObject({ stops: [], chance: 0 })
    expect(nothing.expectedSeconds).toBeGreaterThan(RIDER.fallbackSeconds)
    expect(planStops([place(90_000, 1)], RIDER, 4)).toEqual(nothing)
    expect(planStops([place(0, 0.9)], { ...RIDER, east: 90_000 }, 4).stops).toHaveLength(1)
  })
})
