import { forEachEngine } from '@kickstand/testkit/engines'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Importer, openImporter } from './importer.ts'

const COUNT = 60
/** The unreadable bays, and the one that is really missing. */
const BROKEN = [3, 17, 41]
const GONE = 50

type Bay = { readonly i: number; readonly capacity: number; readonly isBroken: boolean }
type Writing = (bay: Bay) => string

const lng = (i: number): string => (9.3 + i * 0.003).toFixed(5)
const point = (i: number): string => `{"type": "Point", "coordinates": [${lng(i)}, 48.74]}`
const properties = ({ i, capacity, isBroken }: Bay, id: string): string =>
  `{${id}"name": "Street ${i}", "capacity": ${isBroken ? 'NaN' : capacity}}`
const feature = (bay: Bay, id: string): string =>
  `{"type": "Feature", "properties": ${properties(bay, id)}, "geometry": ${point(bay.i)}}`
const collection = (rows: readonly string[]): string =>
  `{"type": "FeatureCollection", "features": [${rows.join(',\n')}]}`
const table = (header: string) => (rows: readonly string[]) => `${[header, ...rows].join('\n')}\n`

const CASES: readonly [string, string, (rows: readonly string[]) => string, Writing][] = [
  [
    'features with a number that JSON does not have',
    's.geojson',
    collection,
    (bay) => feature(bay, `"id": "b${bay.i}", `),
  ],
  ['features without an id, told by place and name', 's.geojson', collection, (bay) => feature(bay, '')],
  [
    'truncated features, identified by position',
    's.geojson',
    collection,
    (bay) =>
      feature({ ...bay, isBroken: false }, `"id": "b${bay.i}", `).replace(
        '"capacity"',
        bay.isBroken ? '"capa' : '"capacity"',
      ),
  ],
  [
    'features whose geometry is not well formed',
    's.geojson',
    collection,
    (bay) =>
      feature({ ...bay, isBroken: false }, `"id": "b${bay.i}", `).replace('[9', bay.isBroken ? '[null, 9' : '[9'),
  ],
  [
    'rows of JSON',
    's.json',
    (rows) => `[${rows.join(',\n')}]`,
    ({ i, capacity, isBroken }) =>
      `{"id": "b${i}", "lat": 48.74, "lng": ${lng(i)}, "capacity": ${isBroken ? 'None' : capacity}}`,
  ],
  [
    'a table with a stray quote in some rows',
    's.csv',
    table('id;name;lat;lng;capacity'),
    ({ i, capacity, isBroken }) => `b${i};${isBroken ? '"' : ''}Street ${i};48.74;${lng(i)};${capacity}`,
  ],
  [
    'a table with a stray quote, and its ids last',
    's.csv',
    table('name;lat;lng;capacity;id'),
    ({ i, capacity, isBroken }) => `${isBroken ? '"' : ''}Street ${i};48.74;${lng(i)};${capacity};b${i}`,
  ],
  [
    'a table with a delimiter too many',
    's.csv',
    table('id;name;lat;lng;capacity'),
    ({ i, capacity, isBroken }) => `b${i};Street ${i}${isBroken ? ';north' : ''};48.74;${lng(i)};${capacity}`,
  ],
  [
    'a table without ids',
    's.csv',
    table('name;lat;lng;capacity'),
    ({ i, capacity, isBroken }) => `${isBroken ? '"' : ''}Street ${i};48.74;${lng(i)};${capacity}`,
  ],
]

forEachEngine((engine) => {
  let importer: Importer
  beforeEach(async () => {
    importer = await openImporter(engine)
  })
  afterEach(async () => {
    await importer.close()
  })

  async function countByStatus(): Promise<Record<string, number>> {
    const counts = Map.groupBy(await importer.zones(), ({ status }) => status)
    return Object.fromEntries([...counts].map(([status, zones]) => [status, zones.length]))
  }

  describe('a row that cannot be read is not absent', () => {
    it.each(CASES)('%s', async (_what, name, whole, writing) => {
      const day = (capacity: number, isSpoilt: boolean): string => {
        const there = Array.from({ length: COUNT }, (_, i) => i).filter((i) => !isSpoilt || i !== GONE)
        return whole(there.map((i) => writing({ i, capacity, isBroken: isSpoilt && BROKEN.includes(i) })))
      }
      const options = { sourceId: 's' }
      await importer.text(name, day(4, false), options)
      expect(await countByStatus()).toEqual({ active: COUNT })
      const first = await importer.text(name, day(5, true), options)
      expect(first).toMatchObject({ missing: 1, retired: 0, held: BROKEN.length, rejected: BROKEN.length })
      expect(await countByStatus()).toEqual({ active: COUNT - 1, missing: 1 })
      const second = await importer.text(name, day(6, true), options)
      expect(second).toMatchObject({ missing: 0, retired: 1 })
      expect(await countByStatus()).toEqual({ active: COUNT - 1, retired: 1 })
      const gone = (await importer.zones()).find(({ status }) => status === 'retired')
      expect(gone?.lng).toBeCloseTo(Number(lng(GONE)), 5)
    })

    it('and none is removed if it is unknown which of the missing ones is unreadable', async () => {
      const day = (capacity: number, there: readonly number[], garbage = ''): string =>
        `id;lat;lng;capacity\n${there.map((i) => `b${i};48.74;${lng(i)};${capacity}\n`).join('')}${garbage}`
      const all = Array.from({ length: COUNT }, (_, i) => i)
      await importer.text('s.csv', day(4, all))
      const rest = all.filter((i) => i !== 7 && i !== 8)
      for (const capacity of [5, 6, 7]) {
        const report = await importer.text('s.csv', day(capacity, rest, 'garbage;"\n'.repeat(1)))
        expect(report).toMatchObject({ retired: 0 })
      }
      expect((await countByStatus())['retired'] ?? 0).toBe(0)
      expect(await importer.text('s.csv', day(8, rest))).toMatchObject({ complete: true })
      expect(await importer.text('s.csv', day(9, rest))).toMatchObject({ complete: true })
      expect(await countByStatus()).toEqual({ active: COUNT - 2, retired: 2 })
    })
  })
})
