import fc from 'fast-check'
import { ACCESS, FEES, MAY_PARK, ZONE_KINDS } from '@kickstand/domain'
import { describe, expect, it, vi } from 'vitest'
import { demoTown, type DemoTown } from './demo-town.ts'
import { toPlane } from './town/plane.ts'

const towns = new Map<number, DemoTown>()
function town(seed: number): DemoTown {
  const known = towns.get(seed) ?? demoTown(seed)
  towns.set(seed, known)
  return known
}

// A town takes most of a second on an idle machine, and several are made.
vi.setConfig({ testTimeout: 60_000 })
const someSeeds = [1, 7, 42]

describe('demoTown', () => {
  it('is the same town for the same seed and another for another', () => {
    const facts = (made: DemoTown): string => JSON.stringify([made.zones, made.plan.streets, made.plan.houses])
    expect(facts(demoTown(7))).toBe(facts(town(7)))
    expect(facts(town(1))).not.toBe(facts(town(42)))
  })

  it.each(someSeeds)('of seed %i has 150 zones with refs and names of their own', (seed) => {
    const { zones } = town(seed)
    expect(zones).toHaveLength(150)
    expect(new Set(zones.map((zone) => zone.ref)).size).toBe(150)
    const names = zones.flatMap((zone) => zone.facts.name ?? [])
    expect(new Set(names).size).toBe(names.length)
    expect(names.length).toBeGreaterThan(120)
  })

  it.each(someSeeds)('of seed %i puts every zone in bounds, on dry land and near a street', (seed) => {
    const { bounds, zones, plan } = town(seed)
    const [west, south, east, north] = bounds
    for (const { facts } of zones) {
      expect(facts.lng > west && facts.lng < east && facts.lat > south && facts.lat < north).toBe(true)
      const at = toPlane([facts.lng, facts.lat])
      expect(plan.land.fromSea.at(at)).toBeGreaterThan(5)
      expect(plan.land.fromRiver.at(at)).toBeGreaterThan(20)
      expect(plan.placed.nearestWithin(at, 60)).toBeLessThan(30)
    }
  })

  it.each(someSeeds)('of seed %i has only plausible facts, and leaves some unknown', (seed) => {
    const { zones } = town(seed)
    for (const { facts } of zones) {
      if (facts.capacity !== null) expect(Number.isInteger(facts.capacity) && facts.capacity > 0).toBe(true)
      if (facts.kind !== null) expect(ZONE_KINDS).toContain(facts.kind)
      if (facts.access !== null) expect(ACCESS).toContain(facts.access)
      if (facts.fee !== null) expect(FEES).toContain(facts.fee)
      for (const answer of Object.values(facts.vehicles)) expect(MAY_PARK).toContain(answer)
      if (facts.feeNote !== null) expect(facts.fee).toBe('paid')
    }
    const unknown = zones.filter((zone) => zone.facts.capacity === null).length
    expect(unknown).toBeGreaterThan(5)
    expect(unknown).toBeLessThan(40)
  })

  it('is a town whatever the seed', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const { zones, plan } = demoTown(seed)
        expect(zones.length).toBe(150)
        expect(plan.streets.length).toBeGreaterThan(90)
        expect(plan.houses.length).toBeGreaterThan(2500)
        const used = new Set(plan.uses.map((block) => block.use))
        expect([...used]).toEqual(expect.arrayContaining(['park', 'square', 'school', 'hospital']))
      }),
      { numRuns: 3 },
    )
  })
})
