import { describe, expect, it } from 'vitest'
import { everyVehicle } from '../vehicles/vehicle.ts'
import { checkZone } from './check-zone.ts'
import { type Outline, UNKNOWN_FACTS, type ZoneFacts } from './zone.ts'

function facts(given: Partial<ZoneFacts>): ZoneFacts {
  return { ...UNKNOWN_FACTS, lat: 43.7, lng: 7.4, vehicles: everyVehicle('unknown'), ...given }
}

function boxAround(lat: number, lng: number, half: number): Outline {
  const [west, east] = [lng - half, lng + half]
  const ring = [
    [west, lat - half],
    [east, lat - half],
    [east, lat + half],
    [west, lat + half],
    [west, lat - half],
  ] as const
  return { type: 'Polygon', coordinates: [ring.map(([x, y]) => [x > 180 ? x - 360 : x, y] as const)] }
}

describe('checkZone', () => {
  it.each<Partial<ZoneFacts>>([
    { lat: 0.9, lng: 0.9 },
    { lat: 0, lng: 9.4 },
    { outline: boxAround(43.7, 7.4, 0.04) },
    { lng: -179.999, outline: boxAround(43.7, 179.999, 0.01) },
    { outline: boxAround(43.702, 7.4, 0.001) },
  ])('keeps %j', (given) => {
    expect(checkZone('1', facts(given)).zone).not.toBeNull()
  })

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
    [{ lat: 0.0001, lng: -0.0002 }, /within 100 km of 0, 0/],
    [{ lat: 0.6, lng: 0.6 }, /within 100 km of 0, 0/],
    [{ outline: boxAround(43.7, 7.4, 0.2) }, /55 km across, larger than a city/],
    [{ lng: -179.99, outline: boxAround(43.7, 179.9, 0.2) }, /larger than a city/],
    [{ outline: boxAround(43.8, 7.4, 0.001) }, /its point lies 11 km outside/],
    [
      { outline: { type: 'LineString', coordinates: [[7.4, 43.71] as const, [7.41, 43.71] as const] } },
      /1\.1 km outside/,
    ],
  ])('rejects %j', (given, reason) => {
    expect(checkZone('1', facts(given))).toEqual({ zone: null, reason: expect.stringMatching(reason) })
  })

  it('rejects a zone without a reference, or with a very long one', () => {
    expect(checkZone('  ', facts({})).zone).toBeNull()
    expect(checkZone('x'.repeat(191), facts({})).zone).toBeNull()
    expect(checkZone('x'.repeat(190), facts({})).zone).not.toBeNull()
  })

  it('cuts long texts and drops invalid outlines, with a warning each', () => {
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

  it('keeps a maximum stay of more than a year as unknown', () => {
    expect(checkZone('1', facts({ maxStay: 9e9 })).zone?.facts.maxStay).toBeNull()
  })
})
