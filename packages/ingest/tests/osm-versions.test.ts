import { readContent } from '@kickstand/testkit/read-files'
import { type PbfGroup, writePbf } from '@kickstand/testkit/write-pbf'
import { describe, expect, it } from 'vitest'

const PARKING = { amenity: 'motorcycle_parking' }
type Version = { readonly version: number; readonly tags: Record<string, string> }

/** Versions of one object, in the order of the file, and the resulting capacity; null if there is no zone. */
const CASES: ReadonlyArray<readonly [string, readonly Version[], number | null]> = [
  [
    'the older first',
    [
      { version: 1, tags: { ...PARKING, capacity: '4' } },
      { version: 2, tags: { ...PARKING, capacity: '6' } },
    ],
    6,
  ],
  [
    'the newer first',
    [
      { version: 12, tags: { ...PARKING, capacity: '6' } },
      { version: 9, tags: { ...PARKING, capacity: '4' } },
    ],
    6,
  ],
  [
    'the newest between others',
    [
      { version: 2, tags: { ...PARKING, capacity: '2' } },
      { version: 3, tags: { ...PARKING, capacity: '3' } },
      { version: 1, tags: { ...PARKING, capacity: '1' } },
    ],
    3,
  ],
  [
    'no parking any more',
    [
      { version: 1, tags: { ...PARKING, capacity: '4' } },
      { version: 2, tags: { amenity: 'cafe' } },
    ],
    null,
  ],
  [
    'no parking any more, told first',
    [
      { version: 2, tags: {} },
      { version: 1, tags: { ...PARKING, capacity: '4' } },
    ],
    null,
  ],
  [
    'parking only now',
    [
      { version: 1, tags: { amenity: 'cafe' } },
      { version: 2, tags: { ...PARKING, capacity: '4' } },
    ],
    4,
  ],
  ['the same version twice', [1, 1].map((version) => ({ version, tags: { ...PARKING, capacity: '4' } })), 4],
]

const at = { lat: 48.7, lon: 9.1 }
const SQUARE = [10, 11, 12, 13].map((id, i) => ({ id, lat: 48.7 + (i % 2) / 1e4, lon: 9.1 + (i >> 1) / 1e4 }))
const REFS = [10, 11, 13, 12, 10]
const other = { id: 99, lat: 48.8, lon: 9.2, version: 5, tags: PARKING }

const FORMATS: ReadonlyArray<readonly [string, (versions: readonly Version[]) => string | Buffer]> = [
  ['PBF, nodes', (versions) => writePbf([{ nodes: [...versions.map((one) => ({ id: 1, ...at, ...one })), other] }])],
  [
    'PBF, nodes one by one in blocks of their own',
    (versions) => {
      const blocks = versions.map((one): PbfGroup => ({ nodes: [{ id: 1, ...at, ...one }], plain: true }))
      return writePbf([...blocks, { nodes: [other] }])
    },
  ],
  [
    'PBF, ways',
    (versions) =>
      writePbf([{ nodes: [...SQUARE, other] }, { ways: versions.map((one) => ({ id: 1, refs: REFS, ...one })) }]),
  ],
  [
    'Overpass JSON',
    (versions) => {
      const elements = [...versions.map((one) => ({ id: 1, ...at, ...one })), other]
      return JSON.stringify({ osm3s: {}, elements: elements.map((one) => ({ type: 'node', ...one })) })
    },
  ],
  [
    'Overpass JSON, ways with nodes elsewhere',
    (versions) => {
      const ways = versions.map((one) => ({ type: 'way', id: 1, nodes: REFS, ...one }))
      const nodes = [...SQUARE, other].map((one) => ({ type: 'node', ...one }))
      return JSON.stringify({ osm3s: {}, elements: [...ways, ...nodes] })
    },
  ],
  [
    'GeoJSON',
    (versions) => {
      const features = [...versions.map((one) => ({ id: 1, ...at, ...one })), other].map((one) => ({
        type: 'Feature',
        properties: { '@id': `node/${one.id}`, '@version': String(one.version), ...one.tags },
        geometry: { type: 'Point', coordinates: [one.lon, one.lat] },
      }))
      return JSON.stringify({ type: 'FeatureCollection', features })
    },
  ],
]

describe.each(FORMATS)('one object in several versions, in %s', (_format, write) => {
  it.each(CASES)('%s: the highest counts', async (_what, versions, capacity) => {
    const { zones, end } = await readContent('a', write(versions))
    const one = zones.filter(({ ref }) => ref.endsWith('/1')).map(({ facts }) => facts.capacity)
    // If a version occurs twice, the first counts.
    expect(one[0] ?? null).toBe(capacity)
    expect(new Set(one).size).toBe(capacity === null ? 0 : 1)
    expect(zones.some(({ ref }) => ref === 'node/99')).toBe(true)
    expect(end?.complete).toBe(true)
  })
})

describe('nodes of a way in several versions', () => {
  it('are where the newest has them', async () => {
    const moved = { ...SQUARE[0], id: 10, lat: 48.7001, lon: 9.0999 }
    const nodes = [{ ...moved, version: 2 }, ...SQUARE.map((one) => ({ ...one, version: 1 }))]
    const way = { id: 1, refs: REFS, tags: PARKING, version: 1 }
    const overpass = [{ type: 'way', ...way, nodes: REFS }, ...nodes.map((one) => ({ type: 'node', ...one }))]
    const pbf = writePbf([{ nodes }, { ways: [way] }])
    for (const content of [pbf, JSON.stringify({ osm3s: {}, elements: overpass })]) {
      const { zones } = await readContent('a', content)
      expect(JSON.stringify(zones[0]?.facts.outline)).toContain('[9.0999,48.7001]')
    }
  })
})
