import { checkZone } from '@kickstand/domain'
import { describe, expect, it } from 'vitest'
import { seededRandom } from './random.ts'
import { worldZones } from './world.ts'

const world = [...worldZones(40_000, seededRandom(1))]
const share = (is: (zone: (typeof world)[number]) => boolean): number => world.filter(is).length / world.length

describe('worldZones', () => {
  it('is the same for the same seed', () => {
    expect([...worldZones(500, seededRandom(3))]).toEqual([...worldZones(500, seededRandom(3))])
    expect([...worldZones(500, seededRandom(3))]).not.toEqual([...worldZones(500, seededRandom(4))])
  })

  it('makes as many as requested, each with its own ref and facts that an import keeps unchanged', () => {
    expect(world).toHaveLength(40_000)
    expect(new Set(world.map((zone) => zone.ref)).size).toBe(40_000)
    for (const { ref, facts } of world.slice(0, 5000))
      expect(checkZone(ref, facts)).toEqual({ zone: { ref, facts }, warnings: [] })
  })

  it('reaches over the date line and to the poles', () => {
    expect(world.some(({ facts }) => facts.lng > 179.95)).toBe(true)
    expect(world.some(({ facts }) => facts.lng < -179.95)).toBe(true)
    expect(world.some(({ facts }) => Math.abs(facts.lat) > 84)).toBe(true)
    expect(world.every(({ facts }) => Math.abs(facts.lat) <= 90 && facts.lng >= -180 && facts.lng < 180)).toBe(true)
  })

  it('leaves most fields unknown, as real data does', () => {
    expect(share(({ facts }) => facts.name !== null)).toBeCloseTo(0.5, 1)
    expect(share(({ facts }) => facts.capacity !== null)).toBeCloseTo(0.42, 1)
    expect(share(({ facts }) => facts.lit === null)).toBeGreaterThan(0.9)
  })
})
