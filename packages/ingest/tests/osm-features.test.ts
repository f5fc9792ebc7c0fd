import { readContent } from '@kickstand/testkit/read-files'
import { writePbf } from '@kickstand/testkit/write-pbf'
import { describe, expect, it } from 'vitest'

const asked = { supply: null, sourceId: 'mine' } as const
const PARKING = { amenity: 'motorcycle_parking', capacity: '6' }
const at = (lng: number): object => ({ type: 'Point', coordinates: [lng, 48.7] })
const feature = (properties: object, lng: number, id?: string): object => ({
  type: 'Feature',
  ...(id === undefined ? {} : { id }),
  properties,
  geometry: at(lng),
})
const collection = (features: readonly object[]): string => JSON.stringify({ type: 'FeatureCollection', features })

/** One object, as each tool writes OSM data as GeoJSON. */
const TOOLS: ReadonlyArray<readonly [string, object, string]> = [
  ['overpass turbo', feature({ '@id': 'node/1', ...PARKING }, 9.1, 'node/1'), 'node/1'],
  ['overpass turbo, by its property', feature({ '@id': 'way/1', ...PARKING }, 9.1), 'way/1'],
  ['osmtogeojson', feature({ type: 'way', id: 1, tags: PARKING, relations: [], meta: {} }, 9.1, 'way/1'), 'way/1'],
  ['osmium', feature({ '@type': 'relation', '@id': 7, '@version': 2, ...PARKING }, 9.1), 'relation/7'],
  ['QGIS QuickOSM', feature({ full_id: 'n5', osm_id: '5', osm_type: 'node', ...PARKING }, 9.1), 'node/5'],
  ['ogr2ogr', feature({ osm_id: '5', other_tags: '"amenity"=>"motorcycle_parking","capacity"=>"6"' }, 9.1), 'node/5'],
  ['ogr2ogr, areas', feature({ osm_way_id: '6', amenity: 'motorcycle_parking', capacity: 6 }, 9.1), 'way/6'],
]

describe('GeoJSON of OSM data', () => {
  it.each(TOOLS)('made by %s is recognised, with its id and tags', async (_tool, one, ref) => {
    const { zones, feed } = await readContent('export.geojson', collection([one]), asked)
    expect(zones).toMatchObject([{ ref, facts: { capacity: 6 } }])
    expect(feed).toMatchObject({ format: 'OSM GeoJSON', profile: 'osm', source: { id: 'mine', licence: 'ODbL-1.0' } })
  })

  it('gives motorcycle parking only, with its restrictions', async () => {
    const text = collection([
      feature({ '@id': 'node/1', ...PARKING }, 9.1),
      feature({ '@id': 'way/2', amenity: 'parking', capacity: '500', name: 'Mall' }, 9.11),
      feature({ '@id': 'way/3', amenity: 'bicycle_parking', capacity: '40' }, 9.12),
      feature({ '@id': 'way/4', ...PARKING, 'motorcycle:conditional': 'no @ (Mo-Su 00:00-24:00)' }, 9.13),
      feature({ '@id': 'node/5', 'disused:amenity': 'motorcycle_parking' }, 9.14),
      feature({ '@id': 'node/6', ...PARKING, disused: 'yes' }, 9.15),
    ])
    const { zones, end } = await readContent('export.geojson', text, asked)
    expect(zones.map(({ ref, facts }) => [ref, facts.accessConditional])).toEqual([
      ['node/1', null],
      ['way/4', 'no @ (Mo-Su 00:00-24:00)'],
    ])
    // Like any OSM file, it covers only the area of its objects.
    expect(end?.coverage?.south).toBeCloseTo(48.69)
    expect(end?.coverage?.east).toBeCloseTo(9.14)
  })

  it('is recognised in a list, in lines, and with the profile named', async () => {
    const features = [
      feature({ '@id': 'node/1', ...PARKING }, 9.1),
      feature({ '@id': 'way/2', amenity: 'parking' }, 9.2),
    ]
    const lines = features.map((one) => JSON.stringify(one)).join('\n')
    for (const [content, profile] of [
      [JSON.stringify(features), null],
      [lines, null],
      [collection(features), 'osm'],
    ] as const) {
      const { zones } = await readContent('export.json', content, { ...asked, profile })
      expect(zones).toMatchObject([{ ref: 'node/1', facts: { capacity: 6 } }])
    }
  })

  it('is not assumed for the list of a city with its own ids', async () => {
    const { feed } = await readContent('motos.geojson', collection([feature({ id: 'b0', capacity: 4 }, 9.1, 'b0')]))
    expect(feed).toMatchObject({ format: 'GeoJSON', profile: 'generic' })
  })
})

describe('OSM elements in a bare list', () => {
  it('are read as Overpass JSON', async () => {
    const elements = [{ type: 'node', id: 1, lat: 48.7, lon: 9.1, tags: PARKING }]
    const { zones, feed } = await readContent('a.json', JSON.stringify(elements), { supply: null })
    expect(zones).toMatchObject([{ ref: 'node/1' }])
    expect(feed.format).toBe('Overpass JSON')
  })
})

describe('a list of GeoJSON Features', () => {
  const features = [
    {
      type: 'Feature',
      properties: { Id: 1, Calle: 'ALDAMAR' },
      geometry: { type: 'Point', coordinates: [582_524.25, 4_797_208.79] },
    },
    {
      type: 'Feature',
      properties: { Id: 2, Calle: 'PASEO' },
      geometry: { type: 'Point', coordinates: [582_497.76, 4_797_270.75] },
    },
  ]
  const profile = {
    id: 'grid',
    name: 'Grid',
    licence: 'unknown',
    attribution: 'made up',
    trust: 'official',
    crs: 'EPSG:25830',
    ref: 'Id',
    fields: { name: 'Calle' },
  } as const

  it.each([
    ['with a profile', JSON.stringify(features), profile],
    ['with a profile for JSON', JSON.stringify(features), { ...profile, format: 'json' as const }],
    ['where the profile names the list', JSON.stringify({ hits: features }), { ...profile, rows: 'hits' }],
  ])('is read as a FeatureCollection %s', async (_how, content, used) => {
    const { zones, rejected, feed } = await readContent('a.json', content, { profile: used })
    expect(rejected).toEqual([])
    expect(zones.map(({ ref, facts }) => [ref, facts.name])).toEqual([
      ['1', 'ALDAMAR'],
      ['2', 'PASEO'],
    ])
    expect(zones[0]?.facts.lat).toBeCloseTo(43.32, 1)
    expect(feed.format).toBe('GeoJSON')
  })

  it('is read as a FeatureCollection without a profile', async () => {
    const list = [feature({ id: 'a', name: 'Quai' }, 9.1), feature({ id: 'b', name: 'Pont' }, 9.2)]
    const { zones } = await readContent('motos.json', JSON.stringify(list))
    expect(zones.map(({ ref, facts }) => [ref, facts.name, facts.lng])).toEqual([
      ['a', 'Quai', 9.1],
      ['b', 'Pont', 9.2],
    ])
  })
})

describe('OSM objects with dates', () => {
  it('are excluded if they are permanently closed or not open yet, in every format', async () => {
    const dated = [
      { id: 1, tags: { end_date: '2025-06-30' } },
      { id: 2, tags: { start_date: '2027' } },
      { id: 3, tags: { start_date: '2020', end_date: '2030' } },
    ].map(({ id, tags }) => ({ id, lat: 48.7, lon: 9 + id / 100, tags: { amenity: 'motorcycle_parking', ...tags } }))
    const overpass = JSON.stringify({ osm3s: {}, elements: dated.map((node) => ({ type: 'node', ...node })) })
    const geojson = collection(dated.map(({ id, lon, tags }) => feature({ '@id': `node/${id}`, ...tags }, lon)))
    for (const content of [overpass, geojson, writePbf([{ nodes: dated }])]) {
      const { zones, leftOut } = await readContent('a', content, { ...asked, at: Date.parse('2026-11-28') })
      expect(zones.map(({ ref }) => ref)).toEqual(['node/3'])
      expect(leftOut.map(({ reason }) => reason)).toEqual([
        expect.stringMatching(/^closed: its end_date is 2025-06-30$/),
        expect.stringMatching(/^not open yet: its start_date is 2027$/),
      ])
    }
  })
})
