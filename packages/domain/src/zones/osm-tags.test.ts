import { describe, expect, it } from 'vitest'
import { motorcycleParking } from './osm-parking.ts'
import type { OsmTags } from './osm-special.ts'
import { factsFromOsmTags } from './osm-tags.ts'

function facts(tags: OsmTags) {
  const read = factsFromOsmTags({ amenity: 'motorcycle_parking', ...tags })
  if (read === null) throw new Error('expected a motorcycle parking')
  return read.facts
}

describe('motorcycleParking', () => {
  it.each<[OsmTags, string | null]>([
    [{ amenity: 'motorcycle_parking' }, 'own'],
    [{ amenity: 'bicycle_parking;motorcycle_parking' }, 'own'],
    [{ amenity: 'parking', motorcycle: 'designated' }, 'shared'],
    [{ amenity: 'parking', motorcycle: 'yes' }, 'shared'],
    [{ amenity: 'parking', 'capacity:motorcycle': '12' }, 'shared'],
    [{ amenity: 'parking', 'capacity:motorcycle': 'yes' }, 'shared'],
    [{ amenity: 'parking', motorcycle: 'yes', 'capacity:motorcycle': '0' }, null],
    [{ amenity: 'parking', capacity: '200' }, null],
    [{ amenity: 'parking', motorcycle: 'no' }, null],
    [{ amenity: 'parking_entrance', motorcycle: 'yes' }, null],
    [{ amenity: 'parking_space', motorcycle: 'designated' }, 'own'],
    [{ amenity: 'parking_space', parking_space: 'motorcycle' }, 'own'],
    [{ amenity: 'parking_space', motorcycle: 'yes' }, null],
    [{ amenity: 'parking_space' }, null],
    [{ amenity: 'bicycle_parking', 'capacity:motorcycle': '4' }, 'shared'],
    [{ amenity: 'bicycle_parking', 'capacity:motorcycle': '0' }, null],
    [{ amenity: 'bicycle_parking', motorcycle: 'yes' }, 'shared'],
    [{ amenity: 'bicycle_parking', capacity: '40' }, null],
    [{ amenity: 'parking', motorcycle: 'customers' }, 'shared'],
    [{ amenity: 'parking', motorcycle: 'private' }, null],
    [{ amenity: 'parking', motorcycle: 'fixme' }, null],
    [{ highway: 'residential', 'parking:both:motorcycle': 'designated' }, 'own'],
    [{ highway: 'residential', motorcycle: 'designated' }, null],
    [{ amenity: 'motorcycle_parking', disused: 'no' }, 'own'],
    [{ amenity: 'motorcycle_parking', disused: 'Yes' }, null],
    [{ amenity: 'motorcycle_parking', abandoned: 'true' }, null],
    [{ amenity: 'motorcycle_parking', construction: 'yes' }, null],
    [{ amenity: 'motorcycle_parking', operational_status: 'closed' }, null],
    [{ amenity: 'motorcycle_parking', operational_status: 'closed permanently' }, null],
    [{ amenity: 'motorcycle_parking', operational_status: 'out_of_order' }, null],
    [{ amenity: 'motorcycle_parking', operational_status: 'operational' }, 'own'],
    [{ shop: 'motorcycle' }, null],
    [{ 'disused:amenity': 'motorcycle_parking' }, null],
    [{ 'proposed:amenity': 'motorcycle_parking' }, null],
    [{ amenity: 'motorcycle_parking', disused: 'yes' }, null],
  ])('%j is %s', (tags, parking) => {
    expect(motorcycleParking(tags)).toBe(parking)
  })
})

describe('factsFromOsmTags', () => {
  it('reads the price at the hours of the fee; one that cannot be read is a warning', () => {
    const tags = { amenity: 'motorcycle_parking', fee: 'no', 'fee:conditional': 'yes @ (Mo-Fr 09:00-18:00)' }
    expect(factsFromOsmTags({ ...tags, charge: '1 EUR/hour' })).toMatchObject({
      facts: { tariff: { currency: 'EUR', bands: [{ from: 540, until: 1080, perMinutes: 60, amountMinor: 100 }] } },
      warnings: [],
    })
    expect(factsFromOsmTags({ ...tags, charge: 'cheap' })).toMatchObject({
      facts: { tariff: null, feeNote: 'cheap; yes @ (Mo-Fr 09:00-18:00)' },
      warnings: [expect.stringContaining('"cheap"')],
    })
  })

  it('leaves everything untagged unknown, and a motorcycle may park', () => {
    const { vehicles, ...rest } = facts({})
    expect(new Set(Object.values(rest))).toEqual(new Set([null]))
    expect(vehicles).toEqual({
      moped: 'unknown',
      scooter: 'unknown',
      motorcycle: 'yes',
      heavy: 'unknown',
      sidecar: 'unknown',
      electric: 'unknown',
    })
  })

  it('reads what is tagged', () => {
    expect(
      facts({
        name: 'Quai',
        capacity: '12',
        covered: 'no',
        access: 'permissive',
        fee: 'yes',
        charge: '1 EUR/hour',
        surface: 'asphalt;sett',
        lit: '24/7',
        supervised: 'yes',
        operator: 'SFMTA',
        opening_hours: 'Mo-Fr 08:00-20:00',
        maxstay: '2 hours',
        'socket:schuko': '2',
        parking: 'street_side',
      }),
    ).toMatchObject({
      name: 'Quai',
      capacity: 12,
      covered: false,
      access: 'public',
      fee: 'paid',
      feeNote: '1 EUR/hour',
      surface: 'asphalt',
      lit: true,
      surveillance: true,
      operator: 'SFMTA',
      openingHours: 'Mo-Fr 08:00-20:00',
      maxStay: 7200,
      charging: true,
      kind: 'bay',
    })
  })

  it('never takes a car park total for motorcycle spaces', () => {
    const shared = factsFromOsmTags({ amenity: 'parking', motorcycle: 'yes', capacity: '300' })
    expect(shared?.facts.capacity).toBeNull()
    const own = factsFromOsmTags({ amenity: 'parking', capacity: '300', 'capacity:motorcycle': '9' })
    expect(own?.facts.capacity).toBe(9)
    const bicycles = factsFromOsmTags({ amenity: 'bicycle_parking', capacity: '40', 'capacity:motorcycle': '4' })
    expect(bicycles?.facts.capacity).toBe(4)
    const some = factsFromOsmTags({ amenity: 'parking', 'capacity:motorcycle': 'yes' })
    expect(some).toMatchObject({ facts: { capacity: null }, warnings: [] })
  })

  it('keeps an unreadable capacity as unknown, with a warning', () => {
    const read = factsFromOsmTags({ amenity: 'motorcycle_parking', capacity: 'n/a', maxstay: 'a while' })
    expect(read?.facts).toMatchObject({ capacity: null, maxStay: null })
    expect(read?.warnings).toHaveLength(2)
  })

  it.each<[OsmTags, object]>([
    [{ fee: 'no' }, { fee: 'free', feeNote: null }],
    [{ fee: 'Mo-Fr 09:00-18:00' }, { fee: 'paid', feeNote: 'Mo-Fr 09:00-18:00' }],
    [{ fee: 'yes', 'fee:motorcycle': 'no' }, { fee: 'free' }],
    [{ charge: '0.50 EUR' }, { fee: 'paid', feeNote: '0.50 EUR' }],
    [
      { fee: 'no', 'fee:conditional': 'yes @ (Sa)' },
      { fee: 'free', feeNote: 'yes @ (Sa)' },
    ],
    [
      { fee: 'yes', 'fee:conditional': 'no @ (18:30-09:00)' },
      { fee: 'paid', feeConditional: 'no @ (18:30-09:00)' },
    ],
    [{ fee: 'Mo-Fr 09:00-18:00' }, { feeConditional: 'no @ (24/7); yes @ (Mo-Fr 09:00-18:00)' }],
    [
      { fee: 'yes', 'fee:motorcycle': 'no', 'fee:conditional': 'yes @ (Sa)' },
      { fee: 'free', feeConditional: null },
    ],
    [{ fee: 'interval' }, { fee: 'paid', feeConditional: null }],
    [
      { 'charge:motorcycle': '1 EUR', charge: '9 EUR' },
      { fee: 'paid', feeNote: '1 EUR' },
    ],
    [
      { 'access:conditional': 'no @ (Tu 08:00-10:00)', 'motorcycle:conditional': 'no @ (22:00-07:00)' },
      { accessConditional: 'no @ (Tu 08:00-10:00); no @ (22:00-07:00)' },
    ],
    [{ 'maxstay:conditional': '30 min @ (Mo-Fr)' }, { maxStay: null, maxStayConditional: '30 min @ (Mo-Fr)' }],
    [{ fee: 'unknown' }, { fee: null, feeNote: null }],
    [{ access: 'customers' }, { access: 'customers' }],
    [{ access: 'private' }, { access: 'private' }],
    [{ access: 'unknown' }, { access: null }],
    [{ covered: 'partial' }, { covered: null }],
    [{ covered: 'yes' }, { covered: true }],
    [{ lit: 'no' }, { lit: false }],
    [{ surveillance: 'no', supervised: 'yes' }, { surveillance: true }],
    [{ supervised: 'no' }, { surveillance: false }],
    [{ parking: 'multi-storey' }, { kind: 'garage', covered: null }],
    [{ parking: 'surface' }, { kind: 'lot' }],
    [{ parking: 'stands' }, { kind: 'rack', anchors: true }],
    [{ motorcycle_parking: 'ground_anchors' }, { kind: 'rack', anchors: true }],
    [{ anchors: 'no' }, { anchors: false, kind: null }],
    [{ 'capacity:charging': '0' }, { charging: false }],
    [{ 'capacity:charging': '2' }, { charging: true }],
    [{ maxstay: 'unlimited' }, { maxStay: null }],
  ])('%j gives %j', (tags, expected) => {
    expect(facts(tags)).toMatchObject(expected)
  })

  it.each<[OsmTags, object]>([
    [
      { motorcycle: 'no', moped: 'designated' },
      { motorcycle: 'no', moped: 'yes' },
    ],
    [
      { mofa: 'yes', scooter: 'no' },
      { moped: 'yes', scooter: 'no' },
    ],
    [{ 'motorcycle:type': 'scooter;moped' }, { scooter: 'yes', moped: 'yes', motorcycle: 'yes' }],
    [{ moped: 'some' }, { moped: 'unknown' }],
  ])('%j: who may park is %j', (tags, rules) => {
    expect(facts(tags).vehicles).toMatchObject(rules)
  })
})
