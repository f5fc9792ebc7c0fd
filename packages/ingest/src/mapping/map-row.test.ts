import { describe, expect, it } from 'vitest'
import { toDegrees } from '#coordinates/crs.ts'
import type { FeedRow } from '#feed-row.ts'
import type { Profile } from '#profiles/profile-schema.ts'
import { mapRow } from './map-row.ts'

const BARE: Profile = { id: 'x', name: 'X', licence: 'CC0-1.0', attribution: 'X', trust: 'official' }

function map(fields: Record<string, unknown>, profile: Partial<Profile>, row: Partial<FeedRow> = {}) {
  const used = { ...BARE, ...profile }
  const grid = { geometry: toDegrees(null), fields: toDegrees(used.crs ?? null) }
  return mapRow({ where: 'line 2', id: null, fields, geometry: null, ...row }, used, grid)
}

const PLACE = { lat: 'LAT', lng: 'LONG' }

describe('mapRow', () => {
  it('reads decimal commas, joins names and takes the first non-empty field', () => {
    const fields = { LAT: '42,1234', LONG: '-2,5678', street: 'Rua', no: 46, ref: '', other: 'b7', n: '8' }
    const mapped = map(fields, {
      ref: ['ref', 'other'],
      fields: { ...PLACE, name: { from: ['street', 'no'], join: ' ' }, capacity: 'n' },
    })
    expect(mapped?.zone).toMatchObject({
      ref: 'b7',
      facts: { lat: 42.1234, lng: -2.5678, name: 'Rua 46', capacity: 8 },
    })
  })

  it('converts positions of a city grid', () => {
    const fields = { x: '500000,00', y: '4427757,22', id: 1 }
    const mapped = map(fields, { crs: 'EPSG:25830', ref: 'id', fields: { lat: 'y', lng: 'x' } })
    expect(mapped?.zone?.facts.lat).toBeCloseTo(40, 6)
    expect(mapped?.zone?.facts.lng).toBeCloseTo(-3, 6)
  })

  it('accepts degrees among metres of a grid', () => {
    const mapped = map(
      { x: '-3,5', y: '40,1', id: 1 },
      { crs: 'EPSG:25830', ref: 'id', fields: { lat: 'y', lng: 'x' } },
    )
    expect(mapped?.zone?.facts).toMatchObject({ lat: 40.1, lng: -3.5 })
  })

  it('rejects a place outside of the source’s area, and says where its coordinates are swapped', () => {
    const area = [-4, 40, -3, 41]
    const at = (lat: number, lng: number) => map({ LAT: lat, LONG: lng, id: 1 }, { ref: 'id', area, fields: PLACE })
    expect(at(40.5, -3.5)?.zone).not.toBeNull()
    expect(at(-3.5, 40.5)).toMatchObject({ zone: null, ref: '1', reason: expect.stringMatching(/outside.*swapped/) })
    expect(at(51, 0)).toMatchObject({ zone: null, reason: expect.not.stringMatching(/swapped/) })
  })

  it('reads well-known text and paths into objects', () => {
    const mapped = map({ at: { wkt: 'POINT (7.4 43.7)' }, id: 'a' }, { ref: 'id', fields: { geometry: 'at.wkt' } })
    expect(mapped?.zone?.facts).toMatchObject({ lat: 43.7, lng: 7.4 })
  })

  it('translates words, converts units and fills in defaults', () => {
    const fields = { LAT: 1, LONG: 2, pay: 'Gratis', stay: '90', roof: 'Sí', id: 1 }
    const mapped = map(fields, {
      ref: 'id',
      fields: {
        ...PLACE,
        fee: { from: 'pay', words: { gratis: 'free', '*': 'paid' } },
        maxStay: { from: 'stay', as: 'minutes' },
        covered: 'roof',
      },
      vehicles: { moped: 'yes' },
      defaults: { kind: 'bay', covered: false, operator: 'City', feeConditional: 'yes @ (Mo-Fr 09:00-18:00)' },
    })
    expect(mapped?.zone?.facts).toMatchObject({
      fee: 'free',
      feeConditional: 'yes @ (Mo-Fr 09:00-18:00)',
      maxStay: 5400,
      covered: true,
      kind: 'bay',
      operator: 'City',
      vehicles: { motorcycle: 'yes', moped: 'yes', heavy: 'unknown' },
    })
  })

  it.each([
    ['6,5', { as: 'metres' }, 5, true, null],
    [45, { as: 'metres', perSpace: 1.5 }, 30, true, null],
    ['10', { as: 'feet', perSpace: 1 }, 3, true, null],
    ['', { as: 'metres' }, null, null, null],
    ['long', { as: 'metres' }, null, null, /not a number of metres/],
    [-9, { as: 'metres' }, null, null, /not a number of metres/],
    [0.5, { as: 'metres' }, null, null, /room to park/],
    [99_999, { as: 'metres' }, null, null, /plausible/],
  ] as const)(
    'converts a length of %j %j to a capacity that is marked as an estimate',
    (length, rule, spaces, mark, doubt) => {
      const fields = { LAT: 1, LONG: 2, length, id: 1 }
      const mapped = map(fields, { ref: 'id', fields: { ...PLACE, capacity: { from: 'length', ...rule } } })
      expect(mapped?.zone?.facts).toMatchObject({ capacity: spaces, capacityEstimated: mark })
      const warnings = mapped !== null && 'warnings' in mapped ? mapped.warnings.join() : ''
      expect(warnings).toMatch(doubt ?? /^$/)
    },
  )

  it.each([
    ['1.50 EUR/hour', {}, { currency: 'EUR', bands: [{ from: 0, until: 1440, perMinutes: 60, amountMinor: 150 }] }],
    // The hours of the price are those of the fee, also where they are a default.
    ['2 EUR', { feeConditional: 'no @ (24/7); yes @ (Mo-Fr 08:00-18:00)' }, { bands: [{ from: 480, until: 1080 }] }],
    ['{"currency":"EUR","bands":[{"days":["Mo"],"from":0,"until":60,"amountMinor":5}]}', {}, { freeMinutes: 0 }],
    [{ currency: 'JPY', bands: [{ days: ['Su'], from: 0, until: 60, amountMinor: 5 }] }, {}, { currency: 'JPY' }],
  ])('reads the price %j with the defaults %j', (price, defaults, tariff) => {
    const fields = { LAT: 1, LONG: 2, price, id: 1 }
    const mapped = map(fields, { ref: 'id', fields: { ...PLACE, tariff: 'price' }, defaults })
    expect(mapped).toMatchObject({ zone: { facts: { tariff } }, warnings: [] })
  })

  it.each([
    ['ask the attendant', {}, /"ask the attendant" is not a price/],
    ['$2 or $3', {}, /is not a price/],
    ['1.50 EUR/hour', { fee: 'free' }, /consistent with the fee/],
    ['1.50 EUR/hour', { feeConditional: 'yes @ (stay > 2 hours)' }, /is not a fee with weekly hours/],
    [{ currency: 'EURO', bands: [] }, {}, /currency "EURO"/],
  ] as const)('keeps the price %j with the defaults %j as unknown, with a warning', (price, defaults, warning) => {
    const fields = { LAT: 1, LONG: 2, price, id: 1 }
    const mapped = map(fields, { ref: 'id', fields: { ...PLACE, tariff: 'price' }, defaults })
    expect(mapped).toMatchObject({ zone: { facts: { tariff: null } }, warnings: [expect.stringMatching(warning)] })
  })

  it('takes a price with the trust of its fee, unless it has its own', () => {
    const fields = { LAT: 1, LONG: 2, price: '1 EUR', id: 1 }
    const priceOf = (trust: Profile['trust']) =>
      map(fields, { ref: 'id', trust, fields: { ...PLACE, tariff: 'price' } })?.zone?.facts.tariff ?? null
    expect(priceOf({ default: 'unverified', fee: 'official' })).not.toBeNull()
    expect(priceOf({ default: 'official', fee: 'unverified' })).toBeNull()
    expect(priceOf({ default: 'official', tariff: 'unverified' })).toBeNull()
  })

  it('takes each fact by its own trust', () => {
    const fields = { LAT: 1, LONG: 2, fee: 'free', access: 'public', id: 1 }
    const mapped = map(fields, {
      ref: 'id',
      trust: { default: 'unverified', fee: 'official' },
      fields: { ...PLACE, fee: 'fee', access: 'access' },
    })
    expect(mapped?.zone?.facts).toMatchObject({ fee: 'free', access: null })
  })

  it('keeps a zone with unreadable values, with a warning for each', () => {
    const fields = { LAT: 1, LONG: 2, n: 'n/a', covered: 'perhaps', kind: 'street', stay: 'long', id: 1 }
    const mapped = map(fields, {
      ref: 'id',
      fields: { ...PLACE, capacity: 'n', covered: 'covered', kind: 'kind', maxStay: 'stay' },
    })
    expect(mapped).toMatchObject({ zone: { facts: { capacity: null, covered: null, kind: null, maxStay: null } } })
    expect(mapped?.zone && mapped.warnings).toHaveLength(4)
  })

  it('maps only rows that pass the filter', () => {
    const filter = [
      { field: 'type', in: ['Moto', 1] },
      { field: 'n', above: 0 },
      { field: 'name', matches: '^a' },
    ]
    const good = { LAT: 1, LONG: 2, type: 'Moto', n: 3, name: 'Alba', id: 1 }
    const profile = { filter, ref: 'id', fields: PLACE }
    expect(map(good, profile)?.zone).not.toBeNull()
    expect(map({ ...good, type: 1 }, profile)?.zone).not.toBeNull()
    expect(map({ ...good, type: 'Bici' }, profile)).toBeNull()
    expect(map({ ...good, n: 0 }, profile)).toBeNull()
    expect(map({ ...good, name: 'Bea' }, profile)).toBeNull()
  })

  it('finds fields by loose names where the profile says so', () => {
    const fields = { ' -LATÍTUD ': '1,5', Lon_Gitud: 2 }
    const rules = { fields: { lat: 'latitud', lng: 'longitud' } }
    expect(map(fields, { names: 'loose', ...rules })?.zone?.facts).toMatchObject({ lat: 1.5, lng: 2 })
    expect(map(fields, rules)?.zone).toBeNull()
  })

  it('identifies a row without an id by its place and name, so that it is the same next time', () => {
    const fields = { LAT: 1.5, LONG: 2, name: 'Alba' }
    expect(map(fields, { fields: { ...PLACE, name: 'name' } })?.zone?.ref).toBe('1.500000,2.000000 Alba')
    expect(map(fields, { fields: PLACE }, { id: 'f1' })?.zone?.ref).toBe('f1')
  })

  it('ignores permission and price of an unverified source', () => {
    const fields = { LAT: 1, LONG: 2, fee: 'free', access: 'public', n: 4, id: 1 }
    const profile = { ref: 'id', fields: { ...PLACE, fee: 'fee', access: 'access', capacity: 'n' } }
    expect(map(fields, profile)?.zone?.facts).toMatchObject({ fee: 'free', access: 'public' })
    const doubted = map(fields, { ...profile, trust: 'unverified' })
    expect(doubted?.zone?.facts).toMatchObject({ fee: null, access: null, capacity: 4 })
  })

  it('reads OSM tags where the profile says so, whatever the format', () => {
    const fields = { '@id': 'way/7', amenity: 'motorcycle_parking', capacity: '6' }
    const geometry = { type: 'Point', coordinates: [7.4, 43.7] } as const
    expect(map(fields, { mapping: 'osm' }, { geometry })?.zone).toMatchObject({ ref: 'way/7', facts: { capacity: 6 } })
    expect(map({ amenity: 'bench' }, { mapping: 'osm' }, { geometry })).toBeNull()
  })

  it('rejects a row without a position', () => {
    expect(map({ LAT: '', LONG: 'x' }, { fields: PLACE })).toMatchObject({
      zone: null,
      ref: null,
      reason: expect.stringMatching(/no readable position/),
    })
  })
})
