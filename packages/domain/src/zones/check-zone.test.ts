import { describe, expect, it } from 'vitest'
import { everyVehicle } from '../vehicles/vehicle.ts'
import { checkZone } from './check-zone.ts'
import { UNKNOWN_FACTS, type ZoneFacts } from './zone.ts'

function facts(given: Partial<ZoneFacts>): ZoneFacts {
  return { ...UNKNOWN_FACTS, lat: 43.7, lng: 7.4, vehicles: everyVehicle('unknown'), ...given }
}

describe('checkZone', () => {
  it('keeps a zone as it is, to seven decimals', () => {
    const given = facts({ lat: 43.123456789, name: 'Quai' })
    expect(checkZone('node/1', given)).toEqual({
      zone: { ref: 'node/1', facts: { ...given, lat: 43.1234568 } },
      warnings: [],
    })
  })

  it.each<[Partial<ZoneFacts>, RegExp]>([
    [{ lat: Number.NaN }, /no readable position/],
    [{ lng: Number.POSITIVE_INFINITY }, /no readable position/],
    [{ lat: 0, lng: 0 }, /not known/],
    [{ lat: -122.4, lng: 37.7 }, /swapped/],
    [{ lat: 4400000, lng: 440000 }, /city grid/],
    [{ lat: 95, lng: 190 }, /not on Earth/],
  ])('refuses %j', (given, reason) => {
    expect(checkZone('1', facts(given))).toEqual({ zone: null, reason: expect.stringMatching(reason) })
  })

  it('refuses a zone without a reference, or with an endless one', () => {
    expect(checkZone('  ', facts({})).zone).toBeNull()
    expect(checkZone('x'.repeat(191), facts({})).zone).toBeNull()
    expect(checkZone('x'.repeat(190), facts({})).zone).not.toBeNull()
  })

  it('cuts long texts and drops outlines that cannot be, with a warning each', () => {
    const endless = Array.from({ length: 3000 }, (_, i) => [i / 1e4, 1] as const)
    const checked = checkZone(
      '1',
      facts({ name: 'n'.repeat(300), outline: { type: 'LineString', coordinates: endless } }),
    )
    expect(checked).toMatchObject({ warnings: [expect.stringMatching(/name/), expect.stringMatching(/outline/)] })
    expect(checked.zone?.facts.outline).toBeNull()
    expect(checked.zone?.facts.name).toHaveLength(200)
    const astray = { type: 'LineString', coordinates: [[0, 1] as const, [0, 100] as const] } as const
    expect(checkZone('1', facts({ outline: astray })).zone?.facts.outline).toBeNull()
  })

  it('takes a stay of over a year for a mistake', () => {
    expect(checkZone('1', facts({ maxStay: 9e9 })).zone?.facts.maxStay).toBeNull()
  })
})
