import { describe, expect, it } from 'vitest'
import { everyVehicle } from '../vehicles/vehicle.ts'
import { mergeFacts, type FactEntry } from './merge-facts.ts'
import type { SourceTrust } from './source-zone.ts'
import type { ZoneFacts } from './zone.ts'

function says(source: string, trust: SourceTrust, facts: Partial<ZoneFacts>, more: Partial<FactEntry> = {}): FactEntry {
  return {
    source,
    ref: '1',
    status: 'active',
    trust,
    fieldTrust: {},
    since: 0,
    sinceOf: {},
    facts: { lat: 1, lng: 2, ...facts },
    ...more,
  }
}
const shown = (...entries: FactEntry[]) => mergeFacts(entries)?.facts

describe('the facts of a zone', () => {
  it('are the most trusted source’s that knows them; unknown never beats known', () => {
    const city = says('city', 'official', { capacity: 8 })
    const osm = says('osm', 'community', { capacity: 6, covered: true })
    expect(shown(osm, city)).toMatchObject({ capacity: 8, covered: true })
    expect(shown(osm, { ...city, fieldTrust: { capacity: 'unverified' } })).toMatchObject({ capacity: 6 })
    expect(shown(osm, { ...city, fieldTrust: { capacity: null } })).toMatchObject({ capacity: 6 })
  })

  it('are among equals those that changed last, and without a change the first’s by name', () => {
    const [a, b] = [says('a', 'community', { capacity: 5 }), says('b', 'community', { capacity: 7 })]
    expect(shown(b, a)).toMatchObject({ capacity: 5 })
    expect(shown(a, { ...b, sinceOf: { capacity: 9 } })).toMatchObject({ capacity: 7 })
  })

  it('are never taken from riders for law and price, nor from unverified sources for price', () => {
    const vehicles = everyVehicle('yes')
    const law = { fee: 'free', access: 'public', openingHours: '24/7', maxStay: 60, vehicles, lit: true } as const
    expect(shown(says('riders', 'riders', law))).toMatchObject({
      fee: null,
      access: null,
      openingHours: null,
      maxStay: null,
      lit: true,
    })
    expect(shown(says('riders', 'riders', law))?.vehicles).toEqual(everyVehicle('unknown'))
    expect(shown(says('file', 'unverified', law))).toMatchObject({ fee: null, maxStay: null, lit: true })
  })

  it('keep a price with its fee', () => {
    const city = says('city', 'official', { fee: 'free' })
    expect(shown(city, says('osm', 'community', { fee: 'paid', feeNote: '2 an hour' }))).toMatchObject({
      fee: 'free',
      feeNote: null,
    })
    expect(shown(says('osm', 'community', { feeNote: 'coins only' }))).toMatchObject({
      fee: null,
      feeNote: 'coins only',
    })
  })

  it('prefer a counted capacity to a derived one', () => {
    const city = says('city', 'official', { capacity: 9, capacityEstimated: true })
    expect(shown(city)).toMatchObject({ capacity: 9, capacityEstimated: true })
    expect(shown(city, says('osm', 'community', { capacity: 7 }))).toMatchObject({
      capacity: 7,
      capacityEstimated: null,
    })
  })

  it('lie where they were drawn most exactly', () => {
    const outline = {
      type: 'Polygon',
      coordinates: [
        [
          [2, 1],
          [2, 1.1],
          [2.1, 1.1],
          [2, 1],
        ],
      ],
    } as const
    const osm = says('osm', 'community', { lat: 1.05, lng: 2.02, outline })
    expect(shown(says('city', 'official', {}), osm)).toMatchObject({ lat: 1.05, lng: 2.02, outline })
    expect(shown(says('city', 'official', {}), { ...osm, trust: 'riders' })).toMatchObject({
      lat: 1,
      lng: 2,
      outline: null,
    })
  })

  it('are taken from a source that lost the zone only without another source', () => {
    const osm = says('osm', 'community', { capacity: 6 })
    const city = says('city', 'official', { capacity: 8 })
    expect(shown(osm, { ...city, status: 'missing' })).toMatchObject({ capacity: 8 })
    expect(shown(osm, { ...city, status: 'retired' })).toMatchObject({ capacity: 6 })
    expect(shown({ ...osm, status: 'retired' }, { ...city, status: 'retired' })).toMatchObject({ capacity: 8 })
    expect(
      shown(osm, { ...city, status: 'missing' }, { ...city, ref: '2', facts: { ...city.facts, capacity: 9 } }),
    ).toMatchObject({ capacity: 9 })
  })

  it('are of parts together', () => {
    const block = says('city', 'community', { lat: 3, capacity: null })
    const [one, other] = [
      says('osm', 'community', { capacity: 5 }),
      says('osm', 'community', { capacity: 6 }, { ref: '2' }),
    ]
    expect(shown(one, other, block)).toMatchObject({ capacity: 11, lat: 3 })
  })

  it('are none of a zone without a place', () => {
    expect(mergeFacts([{ ...says('riders', 'riders', {}), facts: { lit: true } }])).toBeNull()
  })
})
