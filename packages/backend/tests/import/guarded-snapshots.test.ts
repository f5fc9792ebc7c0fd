import type { Profile } from '@kickstand/ingest'
import { forEachEngine } from '@kickstand/testkit/engines'
import { writePbf } from '@kickstand/testkit/write-pbf'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dateOfPlace } from '#features/zones/snapshot-date-store.ts'
import { provenanceOf } from '#features/zones/zone-provenance.ts'
import { type Importer, openImporter } from './importer.ts'

type Bay = { id: string; lat: number; lng: number; street: string; spaces: number }

const BAYS: readonly Bay[] = Array.from({ length: 30 }, (_, i) => ({
  id: `${i}`,
  lat: 50.82 + i / 1000,
  lng: -0.12 - i / 1000,
  street: `Street ${i}`,
  spaces: (i % 5) + 2,
}))
const NAMES = { id: 'id', lat: 'latitude', lng: 'longitude', street: 'street_name', spaces: 'spaces' }

function csv(bays: readonly Bay[], names: Partial<typeof NAMES> = {}): string {
  const columns = { ...NAMES, ...names }
  const keys = ['id', 'lat', 'lng', 'street', 'spaces'] as const
  return [keys.map((key) => columns[key]), ...bays.map((bay) => keys.map((key) => bay[key]))].join('\n')
}

const profile: Profile = {
  id: 'coast',
  name: 'Coast',
  licence: 'unknown',
  attribution: 'made by hand',
  trust: 'community',
  ref: 'id',
  fields: { lat: 'latitude', lng: 'longitude', name: 'street_name', capacity: 'spaces' },
}

/** The same bays in metres of the British grid, near enough. */
const inMetres = BAYS.map((bay) => ({ ...bay, lat: 104_000 + bay.lat * 10, lng: 530_000 + bay.lng * 10 }))
const shifted = BAYS.map((bay, i) => ({ ...BAYS[(i + 1) % BAYS.length], id: bay.id }))
/** One cell of the id column deleted, five rows before the end. */
const shiftedNearEnd = BAYS.map((bay, i) => (i < 25 ? bay : { ...bay, id: `${i + 1}` }))
const placesShifted = BAYS.map((bay, i) => ({ ...bay, lat: BAYS[(i + 1) % 30].lat, lng: BAYS[(i + 1) % 30].lng }))

const WRONG: readonly [what: string, content: string, reason: RegExp][] = [
  [
    'latitude and longitude swapped',
    csv(BAYS, { lat: 'longitude', lng: 'latitude' }),
    /30 of 30 known zones would move/,
  ],
  ['another grid', csv(BAYS.map((bay) => ({ ...bay, lat: bay.lat + 2, lng: bay.lng - 1 }))), /30 of 30 known zones/],
  [
    'most of it moved by a kilometre',
    csv(BAYS.map((bay, i) => ({ ...bay, lat: bay.lat + (i < 16 ? 0.009 : 0) }))),
    /16 of 30/,
  ],
  [
    'a quarter of it in another country',
    csv(BAYS.map((bay, i) => ({ ...bay, lat: bay.lat + (i < 8 ? 3 : 0) }))),
    /8 of 30 known zones would leave the area/,
  ],
  ['ids shifted by a row', csv(shifted), /3\d of 30 known zones would .* ids shifted by a row/],
  [
    'ids shifted by a row near the end',
    csv(shiftedNearEnd),
    /of 2\d known zones .* ids shifted by a row|of 30 known zones/,
  ],
  ['positions shifted by a row', csv(placesShifted), /30 of 30 known zones would lie exactly where/],
  [
    'other ids in another ocean',
    csv(BAYS.map((bay) => ({ ...bay, id: `new ${bay.id}`, lat: bay.lng, lng: bay.lat }))),
    /30 of 30 zones lie far outside/,
  ],
]

forEachEngine((engine) => {
  describe('a snapshot compared with the previous one', () => {
    let importer: Importer
    beforeEach(async () => {
      importer = await openImporter(engine)
    })
    afterEach(() => importer.close())

    const take = (content: string, options = {}) => importer.text('bays.csv', content, { profile, ...options })

    it('is rejected as a whole where most of its positions are implausible, and nothing changes', async () => {
      await take(csv(BAYS))
      const before = await importer.dump()
      for (const [what, content, reason] of WRONG) {
        const taken = take(content)
        await expect(taken, what).rejects.toMatchObject({ name: 'DomainError', code: 'snapshot-rejected' })
        await expect(taken, what).rejects.toThrow(reason)
        expect(await importer.dump(), what).toBe(before)
      }
      await expect(take(csv(BAYS, { lat: 'longitude', lng: 'latitude' }), { dryRun: true })).rejects.toThrow(/moved?/)
      expect((await take(csv(inMetres))).rejected).toBe(30)
      expect(await importer.dump()).toBe(before)
    })

    it('is accepted with --accept-moves', async () => {
      await take(csv(BAYS))
      const north = BAYS.map((bay) => ({ ...bay, lat: bay.lat + 0.1 }))
      await expect(take(csv(north))).rejects.toThrow(/--accept-moves/)
      const report = await take(csv(north), { acceptMoves: true })
      expect(report.changes.map(({ kind }) => kind)).toEqual(BAYS.map(() => 'moved'))
      expect((await importer.zones()).every(({ lat }) => lat > 50.9)).toBe(true)
    })

    it('keeps the old position of a single zone that jumps, and imports the rest', async () => {
      await take(csv(BAYS))
      const before = await importer.zones()
      const jumped = BAYS.map((bay, i) => {
        if (i === 7) return { ...bay, lat: bay.lat + 4.5, street: 'Elsewhere' }
        return i === 8 ? { ...bay, spaces: 40 } : i === 9 ? { ...bay, lat: bay.lat + 0.009 } : bay
      })
      const report = await take(csv(jumped))
      expect(report.changes.map(({ kind, ref }) => [kind, ref])).toEqual([
        ['held', '7'],
        ['updated', '8'],
        ['moved', '9'],
      ])
      expect(report.changes[0]).toMatchObject({ name: 'Street 7', metres: expect.closeTo(500_000, -4) })
      expect(report.notes.join()).toMatch(/1 zones? would have moved by more than 5 km/)
      const after = await importer.zones()
      expect(after.find(({ name }) => name === 'Street 7')).toEqual(before.find(({ name }) => name === 'Street 7'))
      expect(after.find(({ name }) => name === 'Street 8')?.capacity).toBe(40)
      expect(after.find(({ name }) => name === 'Street 9')?.lat).toBeCloseTo(50.838, 6)
      expect((await take(csv(jumped))).changes.map(({ kind }) => kind)).toEqual(['held'])
      expect((await take(csv(jumped), { acceptMoves: true })).changes).toMatchObject([{ kind: 'moved', ref: '7' }])
    })

    it('keeps the values of columns that were renamed or dropped, and says so', async () => {
      await take(csv(BAYS))
      const before = await importer.dump()
      const renamed = csv(BAYS, { street: 'road', spaces: 'bays' })
      const report = await take(renamed)
      expect(report).toMatchObject({ updated: 0, unchanged: 30, changes: [] })
      expect(report.notes.join('\n')).toMatch(/No row has "name" any more, but 30 of 30 known zones had it/)
      expect(report.notes.join('\n')).toMatch(/No row has "capacity" any more/)
      expect(await importer.dump()).toBe(before)
      const moved = BAYS.map((bay, i) => (i === 3 ? { ...bay, lat: bay.lat + 0.001 } : bay))
      expect((await take(csv(moved, { street: 'road' }))).changes).toMatchObject([{ kind: 'moved', ref: '3' }])
      expect(new Set((await importer.zones()).map(({ name }) => name))).toEqual(
        new Set(BAYS.map(({ street }) => street)),
      )
      const emptied = await take(renamed, { acceptEmptied: true })
      expect(emptied.updated).toBe(30)
      expect((await importer.zones()).every(({ name, capacity }) => name === null && capacity === null)).toBe(true)
    })
  })

  describe('a file that is older than the last', () => {
    let importer: Importer
    beforeEach(async () => {
      importer = await openImporter(engine)
    })
    afterEach(() => importer.close())

    const overpass = (date: string, name: string | null, at = 48.7): string => {
      const elements = Array.from({ length: 5 }, (_, i) => {
        const tags = { amenity: 'motorcycle_parking', ...(name === null ? {} : { name: `${name} ${i}` }) }
        return { type: 'node', id: Math.round(at * 1000) + i, lat: at + i / 100, lon: 9.1 + i / 100, tags }
      })
      return JSON.stringify({ osm3s: { timestamp_osm_base: date }, elements })
    }
    const pbf = (timestamp: number, inHeader: boolean): Buffer => {
      const tags = { amenity: 'motorcycle_parking', name: `At ${timestamp}` }
      const nodes = [0, 1, 2].map((i) => ({
        id: i + 1,
        lat: 48 + i / 100,
        lon: 9 + i / 100,
        tags,
        timestamp: timestamp - i,
      }))
      return writePbf([{ nodes }], { timestamp: inHeader ? timestamp : null })
    }
    const geojson = (timestamp: string): string => {
      const features = BAYS.map(({ lat, lng, ...properties }) => {
        return { type: 'Feature', id: properties.id, properties, geometry: { type: 'Point', coordinates: [lng, lat] } }
      })
      return JSON.stringify({ type: 'FeatureCollection', timestamp, features })
    }
    const FILES: readonly [name: string, newer: string | Buffer, older: string | Buffer][] = [
      ['a.json', overpass('2026-11-01T00:00:00Z', 'New'), overpass('2020-01-01T00:00:00Z', null)],
      ['a.pbf', pbf(1_600_000_000, true), pbf(1_500_000_000, true)],
      ['a.pbf', pbf(1_600_000_000, false), pbf(1_500_000_000, false)],
      ['a.pbf', pbf(1_600_000_000, true), pbf(1_500_000_000, false)],
      ['a.geojson', geojson('2020-09-13T12:26:40Z'), geojson('2017-07-14')],
    ]

    it.each(FILES)('is rejected with both dates, unless --allow-older is given (%s)', async (name, newer, older) => {
      importer.clock.advance(Date.parse('2026-11-28T12:00:00Z') - importer.clock.now())
      await importer.text(name, newer)
      const before = await importer.dump()
      const taken = importer.text(name, older)
      await expect(taken).rejects.toMatchObject({ code: 'snapshot-rejected' })
      await expect(taken).rejects.toThrow(
        /is of 20(17|20)-\d\d-\d\d.*last imported from a file of 202\d-\d\d-\d\d.*--allow-older/,
      )
      expect(await importer.dump()).toBe(before)
      expect((await importer.text(name, newer)).changes).toEqual([])
      await importer.text(name, older, { allowOlder: true })
      // The older file is now the last one.
      expect((await importer.text(name, older)).changes).toEqual([])
      await importer.text(name, newer)
    })

    it('is accepted if it is of another area of the same source', async () => {
      importer.clock.advance(Date.parse('2026-11-28T12:00:00Z') - importer.clock.now())
      await importer.text('a.json', overpass('2026-11-01T00:00:00Z', 'New'))
      expect(await importer.text('b.json', overpass('2020-01-01T00:00:00Z', 'Old', 51))).toMatchObject({ added: 5 })
      await expect(importer.text('c.json', overpass('2019-01-01T00:00:00Z', 'Old', 51))).rejects.toThrow(/2019.*2020/)
    })

    it('dates its claims by its own date, not by the day of import', async () => {
      importer.clock.advance(Date.parse('2026-11-28T12:00:00Z') - importer.clock.now())
      const { db } = importer.database
      await importer.text('a.json', overpass('2023-07-22T12:47:56Z', 'Old'))
      const [zone] = await importer.zones()
      const asOf = async (field: string) => (await provenanceOf(db, zone.id))[field].map((claim) => claim.asOf)
      expect(await asOf('name')).toEqual(['2023-07-22T12:47:56.000Z'])
      expect(await dateOfPlace(db, 'osm', zone.lat, zone.lng)).toBe(Date.parse('2023-07-22T12:47:56Z'))
      expect(await dateOfPlace(db, 'osm', zone.lat + 5, zone.lng)).toBeNull()
      await importer.text('a.json', overpass('2025-11-08T21:20:57Z', 'New'))
      expect(await asOf('name')).toEqual(['2025-11-08T21:20:57.000Z'])
      expect(await asOf('place')).toEqual(['2023-07-22T12:47:56.000Z'])
      expect(await dateOfPlace(db, 'osm', zone.lat, zone.lng)).toBe(Date.parse('2025-11-08T21:20:57Z'))
    })

    it('is recognised by the date in its profile if the file states none', async () => {
      importer.clock.advance(Date.parse('2026-11-28T12:00:00Z') - importer.clock.now())
      await importer.text('a.csv', csv(BAYS), { profile: { ...profile, date: '2026-03-04' } })
      const older = importer.text('a.csv', csv(BAYS), { profile: { ...profile, date: '2025-03-04' } })
      await expect(older).rejects.toThrow(/of 2025-03-04.*of 2026-03-04/)
      await importer.text('a.csv', csv(BAYS), { profile })
    })

    it('is not recognised by a date in the future', async () => {
      importer.clock.advance(Date.parse('2026-11-28T12:00:00Z') - importer.clock.now())
      const report = await importer.text('a.json', overpass('2036-01-01T00:00:00Z', 'New'))
      expect(report.notes.join()).toMatch(/2036-01-01, is in the future/)
      await importer.text('a.json', overpass('2026-11-01T00:00:00Z', 'Newer'))
    })
  })
})
