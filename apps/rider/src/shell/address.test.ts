import { VEHICLES } from '@kickstand/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cellsForArea } from '#map/area-cells.ts'
import { FILTER_VALUES, FILTERS } from '#api/zone-filters.ts'
import { PLAN_FIELDS } from '#paths.ts'
import { AHEAD_MINUTES } from './ahead.ts'
import { areaAround, listCentre } from './areas.ts'
import { parseAddress, parseZoneId, writeAddress } from './view.ts'

const NAMES = ['lat', 'lng', 'z', 'in', 'vehicle', ...FILTERS, ...PLAN_FIELDS, 'constructor', '__proto__', 'x']
const anyValue = fc.oneof(
  fc.constantFrom('yes', 'no', 'yes,unknown', 'yes%2Cunknown', 'unknown', 'motorcycle', 'moped', 'tank', '15', '20'),
  fc.constantFrom('91', '-91', '181', '37,79', '37.79', '-122.4', '1e400', 'NaN', 'null', 'true', '[1]', '{"a":1}', ''),
  fc.constantFrom(
    '37.78,-122.4',
    '91,0',
    '1,2,3',
    'parked',
    'there',
    'zone00000001',
    'zone00000001,zone00000002',
    '../x',
  ),
  fc.double().map(String),
  fc.string({ unit: 'binary' }),
)
/** Queries with known and unknown names, repeated names, and values encoded zero to two times. */
const address = fc
  .array(
    fc.tuple(
      fc.constantFrom(...NAMES),
      anyValue,
      fc.constantFrom<(text: string) => string>(
        (text) => text,
        (text) => new URLSearchParams({ '': text }).toString().slice(1),
        (text) =>
          new URLSearchParams({ '': new URLSearchParams({ '': text }).toString().slice(1) }).toString().slice(1),
      ),
    ),
    { maxLength: 12 },
  )
  .map((pairs) => `?${pairs.map(([name, text, encode]) => `${name}=${encode(text)}`).join('&')}`)

const point = expect.stringMatching(/^\s*[-+.\w]+\s*,\s*[-+.\w]+\s*$/)
const id = expect.stringMatching(/^[0-9a-z]{8,32}$/)

describe('an address', () => {
  it('is parsed to values that the API accepts, whatever it contains', () => {
    fc.assert(
      fc.property(fc.oneof(address, fc.webQueryParameters(), fc.string({ unit: 'binary' })), (text) => {
        const { lat, lng, z, in: ahead, vehicle, to, from, full, until, parked, ...filters } = parseAddress(text)
        expect(lat === undefined).toBe(lng === undefined)
        if (lat !== undefined && lng !== undefined) {
          expect(Math.abs(lat)).toBeLessThanOrEqual(90)
          expect(Math.abs(lng)).toBeLessThanOrEqual(180)
          const cells = cellsForArea(areaAround(listCentre({ lat, lng }), 2_000), 64)
          expect(cells.length).toBeGreaterThan(0)
          for (const cell of cells) {
            const [zoom, ...at] = cell.split('/').map(Number)
            expect(zoom).toBe(13)
            for (const step of at) expect(Number.isInteger(step) && step >= 0 && step < 2 ** 13).toBe(true)
          }
        }
        if (z !== undefined) expect(z >= 0 && z <= 20).toBe(true)
        expect([undefined, ...AHEAD_MINUTES]).toContain(ahead)
        expect([undefined, ...VEHICLES]).toContain(vehicle)
        for (const where of [to, from]) if (where !== undefined) expect(where).toEqual(point)
        for (const one of [parked, ...(full?.split(',') ?? [])]) if (one !== undefined) expect(one).toEqual(id)
        expect([undefined, 'parked']).toContain(until)
        for (const [name, value] of Object.entries(filters)) {
          expect(FILTERS).toContain(name)
          expect(FILTER_VALUES).toContain(value)
        }
      }),
      { numRuns: 3_000 },
    )
  })

  it('survives a round trip', () => {
    fc.assert(
      fc.property(address, (text) => {
        const search = parseAddress(text)
        expect(parseAddress(writeAddress(search))).toEqual(search)
      }),
      { numRuns: 1_000 },
    )
  })

  it.each([
    ['?covered=yes&covered=no', {}],
    ['?vehicle=tank', {}],
    ['?lat=91&lng=181', {}],
    ['?lat=37,79&lng=-122,4', {}],
    ['?covered=yes%252Cunknown', {}],
    ['?covered=yes%2Cunknown&vehicle=moped', { covered: 'yes,unknown', vehicle: 'moped' }],
    ['?lat=45.5&lng=-22.5&z=99&in=30', { lat: 45.5, lng: -22.5, in: 30 }],
    ['?to=91,0&full=../x&parked=12345678&until=there', { parked: '12345678' }],
    ['', {}],
  ])('%s means %j', (text, search) => {
    expect(parseAddress(text)).toEqual(search)
  })

  it.each([undefined, '', '..', '../app-config', 'ZONE00000001', 'a', 'zone/00000001', 'zone00000001?x'])(
    '%j is not a zone id',
    (text) => {
      expect(parseZoneId(text)).toBeNull()
    },
  )
})
