import { gzipSync } from 'node:zlib'
import { readContent } from '@kickstand/testkit/read-files'
import { writePbf } from '@kickstand/testkit/write-pbf'
import { describe, expect, it } from 'vitest'

const PARKING = { amenity: 'motorcycle_parking', capacity: '8' }

/** A square of four nodes from `id` on, its south-west corner at the place. */
function square(id: number, lat: number, lon: number, size: number) {
  return [
    { id, lat, lon },
    { id: id + 1, lat, lon: lon + size },
    { id: id + 2, lat: lat + size, lon: lon + size },
    { id: id + 3, lat: lat + size, lon },
  ]
}

const NODES = [
  { id: 1, lat: 43, lon: 7, tags: PARKING },
  ...square(10, 43.1, 7.1, 0.003),
  ...square(20, 43.101, 7.101, 0.001),
]
const WAYS = [
  { id: 5, refs: [10, 11, 12, 13, 10], tags: PARKING },
  { id: 6, refs: [10, 11, 12], tags: {} },
  { id: 7, refs: [10, 13, 12], tags: {} },
  { id: 8, refs: [20, 21, 22, 23, 20], tags: {} },
  { id: 9, refs: [10, 11, 12], tags: PARKING },
]
const RELATION = {
  id: 3,
  members: [
    { ref: 6, role: 'outer' },
    { ref: 7, role: 'outer' },
    { ref: 8, role: 'inner' },
  ],
  tags: { ...PARKING, type: 'multipolygon' },
}

function overpass(elements: object[]): string {
  return JSON.stringify({ version: 0.6, generator: 'test', elements })
}

/** The same objects as `out body; >; out skel` gives them: what is named comes after what names it. */
const SEPARATE = overpass([
  { type: 'relation', ...RELATION, members: RELATION.members.map((member) => ({ type: 'way', ...member })) },
  ...WAYS.map(({ refs, ...way }) => ({ type: 'way', ...way, nodes: refs })),
  ...NODES.map((node) => ({ type: 'node', ...node })),
])

function lineOf(refs: readonly number[]): object[] {
  return refs.map((ref) => {
    const node = NODES.find((one) => one.id === ref)
    return { lat: node?.lat, lon: node?.lon }
  })
}

/** And as `out geom` gives them: each with its shape inside. */
const INSIDE = overpass([
  { type: 'node', ...NODES[0] },
  ...WAYS.filter((way) => 'amenity' in way.tags).map(({ refs, ...way }) => ({
    type: 'way',
    ...way,
    nodes: refs,
    geometry: lineOf(refs),
  })),
  {
    type: 'relation',
    ...RELATION,
    members: RELATION.members.map((member) => ({
      type: 'way',
      ...member,
      geometry: lineOf(WAYS.find((way) => way.id === member.ref)?.refs ?? []),
    })),
  },
])

describe('OpenStreetMap objects', () => {
  it('are the same zones from PBF in any packing and from either shape of Overpass JSON', async () => {
    const groups = [{ nodes: NODES }, { ways: WAYS }, { relations: [RELATION] }]
    const bounds = [6, 8, 44, 42] as const
    const files: [string, string | Buffer][] = [
      ['a.pbf', writePbf(groups, { bounds })],
      [
        'b.pbf',
        writePbf(
          [{ relations: [RELATION] }, { ways: WAYS, pack: 'raw' }, { nodes: NODES, plain: true, pack: 'zstd' }],
          { bounds },
        ),
      ],
      ['c.pbf.gz', gzipSync(writePbf(groups, { bounds }))],
      ['d.json', SEPARATE],
      ['e.json', INSIDE],
    ]
    const read = await Promise.all(files.map(async ([name, content]) => readContent(name, content)))
    const sorted = read.map(({ zones }) => zones.toSorted((a, b) => (a.ref < b.ref ? -1 : 1)))
    expect(sorted[0]?.map((zone) => zone.ref)).toEqual(['node/1', 'relation/3', 'way/5', 'way/9'])
    for (const zones of sorted) expect(zones).toEqual(sorted[0])
    for (const { end, rejected } of read) {
      expect(end?.complete).toBe(true)
      expect(rejected).toEqual([])
    }
    expect(read[0]?.end?.coverage).toEqual({ west: 6, east: 8, north: 44, south: 42 })
    expect(read[3]?.end?.coverage?.west).toBeCloseTo(6.99, 6)
    expect(read[3]?.end?.coverage?.north).toBeCloseTo(43.11, 6)
  })

  it('have a point inside their area, out of its hole, and halfway along an open way', async () => {
    const { zones } = await readContent(
      'a.pbf',
      writePbf([{ nodes: NODES }, { ways: WAYS }, { relations: [RELATION] }]),
    )
    const facts = new Map(zones.map((zone) => [zone.ref, zone.facts]))
    expect(facts.get('way/5')).toMatchObject({ lat: 43.1015, lng: 7.1015, capacity: 8, outline: { type: 'Polygon' } })
    expect(facts.get('way/9')?.outline?.type).toBe('LineString')
    const relation = facts.get('relation/3')
    expect(relation?.outline).toMatchObject({ type: 'Polygon', coordinates: [expect.any(Array), expect.any(Array)] })
    const inHole =
      relation !== undefined &&
      relation.lat > 43.101 &&
      relation.lat < 43.102 &&
      relation.lng > 7.101 &&
      relation.lng < 7.102
    expect(inHole).toBe(false)
    expect(relation?.lat).toBeGreaterThan(43.1)
    expect(relation?.lat).toBeLessThan(43.103)
  })

  it('use the centre if Overpass returns no geometry', async () => {
    const { zones } = await readContent(
      'a.json',
      overpass([{ type: 'way', id: 5, center: { lat: 43, lon: 7 }, tags: PARKING }]),
    )
    expect(zones).toMatchObject([{ ref: 'way/5', facts: { lat: 43, lng: 7, outline: null } }])
  })
})

describe('GeoJSON', () => {
  const feature = {
    type: 'Feature',
    properties: { id: 'a', Plazas: '7' },
    geometry: { type: 'Point', coordinates: [7, 43] },
  }

  it.each<[string, string]>([
    ['a collection', JSON.stringify({ type: 'FeatureCollection', features: [feature] })],
    [
      'a collection with its members in another order',
      JSON.stringify({ features: [feature], type: 'FeatureCollection' }, null, 2),
    ],
    ['one feature', JSON.stringify(feature, null, 2)],
    ['lines', `${JSON.stringify(feature)}\n${JSON.stringify({ ...feature, properties: { id: 'a' } })}\n`],
    ['a sequence', `\u001E${JSON.stringify(feature)}\n`],
  ])('is read from %s', async (_name, content) => {
    const { zones, feed } = await readContent('x', content)
    expect(feed.format).toBe('GeoJSON')
    expect(zones[0]).toMatchObject({ ref: 'a', facts: { capacity: 7, lat: 43, lng: 7 } })
  })

  it('is read in the CRS that it names, wherever in the file the name is', async () => {
    const collection = {
      type: 'FeatureCollection',
      features: [{ ...feature, geometry: { type: 'Point', coordinates: [500_000, 4_427_757.2] } }],
      crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::25830' } },
    }
    const { zones } = await readContent('x.json', JSON.stringify(collection))
    expect(zones[0]?.facts.lat).toBeCloseTo(40, 5)
    expect(zones[0]?.facts.lng).toBeCloseTo(-3, 5)
  })

  it('is rejected in an unknown CRS', async () => {
    const collection = {
      type: 'FeatureCollection',
      features: [],
      crs: { type: 'name', properties: { name: 'EPSG:1' } },
    }
    await expect(readContent('x.json', JSON.stringify(collection))).rejects.toThrow(/"EPSG:1" is unknown/)
  })
})

describe('tables', () => {
  it.each<[string, string]>([
    ['commas', 'id,lat,lng,capacity\na,43.5,7.25,7\n'],
    ['semicolons and decimal commas', 'id;lat;lng;capacity\na;43,5;7,25;7\n'],
    ['tabs', 'id\tlat\tlng\tcapacity\r\na\t43.5\t7.25\t7\r\n'],
    ['bars', '"id"|"lat"|"lng"|"capacity"\n"a"|"43.5"|"7.25"|"7"'],
    ['well-known text', 'id,wkt,capacity\na,"POINT (7.25 43.5)",7\n'],
    ['JSON rows', '[{"id": "a", "lat": 43.5, "lng": "7,25", "capacity": 7}]'],
    [
      'JSON rows deeper down',
      '{"updated": 1, "result": {"total": 1, "bays": [{"id": "a", "lat": 43.5, "lng": 7.25, "capacity": 7}]}}',
    ],
    ['JSON lines', '{"id": "a", "lat": 43.5, "lng": 7.25, "capacity": 7}\n{"id": "b"}\n'],
    [
      'Socrata’s export',
      '{"meta": {"view": {"columns": [{"fieldName": "id"}, {"fieldName": "shape"}, {"fieldName": "spaces"}]}}, "data": [["a", "POINT (7.25 43.5)", "7"]]}',
    ],
  ])('are read with %s', async (_name, content) => {
    const { zones } = await readContent('Motos Gijón 2024.csv', content)
    expect(zones[0]).toMatchObject({ ref: 'a', facts: { lat: 43.5, lng: 7.25, capacity: 7 } })
  })

  it('are separate sources, named after their files', async () => {
    const { feed } = await readContent('Motos Gijón 2024.csv', 'id,lat,lng\na,1,2\n')
    expect(feed.source).toMatchObject({ id: 'motos-gijon-2024', name: 'Motos Gijón 2024.csv', licence: 'unknown' })
    expect((await readContent('x.csv', 'id,lat,lng\na,1,2\n', { sourceId: 'gijon' })).feed.source.id).toBe('gijon')
  })
})

describe('KML', () => {
  it('gives fields from ExtendedData, from schema data and from a table in the description', async () => {
    const place = '<Point><coordinates>7.25,43.5,0</coordinates></Point>'
    const kml = `<?xml version="1.0"?><kml:kml xmlns:kml="http://www.opengis.net/kml/2.2"><kml:Document><kml:name>All</kml:name><kml:Folder>
      <kml:Placemark><kml:name>A</kml:name><kml:ExtendedData><kml:Data name="id"><kml:value>a</kml:value></kml:Data><kml:Data name="capacity"><kml:value>7</kml:value></kml:Data></kml:ExtendedData>${place}</kml:Placemark>
      <kml:Placemark><kml:name>B</kml:name><kml:ExtendedData><kml:SchemaData><kml:SimpleData name="id">b</kml:SimpleData><kml:SimpleData name="plazas">8</kml:SimpleData></kml:SchemaData></kml:ExtendedData>${place}</kml:Placemark>
      <kml:Placemark><kml:name>C</kml:name><kml:description><![CDATA[<table><tr><td>id</td><td>c</td></tr><tr><td>spaces</td><td>9</td></tr></table>]]></kml:description>${place}</kml:Placemark>
      <kml:Placemark id="d"><kml:Polygon><kml:innerBoundaryIs><kml:LinearRing><kml:coordinates>7.251,43.501 7.252,43.501 7.252,43.502 7.251,43.501</kml:coordinates></kml:LinearRing></kml:innerBoundaryIs><kml:outerBoundaryIs><kml:LinearRing><kml:coordinates>7.25,43.5 7.259,43.5 7.259,43.509 7.25,43.509 7.25,43.5</kml:coordinates></kml:LinearRing></kml:outerBoundaryIs></kml:Polygon></kml:Placemark>
      <kml:Placemark id="e"><kml:LineString><kml:coordinates>7.25,43.501 7.25,43.502</kml:coordinates></kml:LineString></kml:Placemark>
    </kml:Folder></kml:Document></kml:kml>`
    const { zones, end } = await readContent('a.xml', kml)
    expect(zones.map((zone) => [zone.ref, zone.facts.capacity, zone.facts.outline?.type ?? null])).toEqual([
      ['a', 7, null],
      ['b', 8, null],
      ['c', 9, null],
      ['d', null, 'Polygon'],
      ['e', null, 'LineString'],
    ])
    expect(zones[3]?.facts.outline).toMatchObject({ coordinates: [{ length: 5 }, { length: 4 }] })
    expect(end?.complete).toBe(true)
  })
})

describe('a name made of several fields', () => {
  const profile = {
    id: 'bays',
    name: 'Bays',
    licence: 'unknown',
    attribution: 'made up',
    trust: 'official' as const,
    ref: 'id',
    fields: { lat: 'lat', lng: 'lng', name: { from: ['street', 'at'], join: ', ', distinct: true } },
  }

  it.each([
    ['32ND AVE', 'N. ANZA ST.', '32ND AVE, N. ANZA ST.'],
    ['STEINER ST', '1000 STEINER ST', '1000 STEINER ST'],
    ['NOE ST.', 'noe st', 'NOE ST.'],
    ['Main', 'Mainland', 'Main, Mainland'],
    ['', 'N. ANZA ST.', 'N. ANZA ST.'],
    ['32ND AVE', '', '32ND AVE'],
  ])('of %j and %j is %j', async (street, at, name) => {
    const { zones } = await readContent('x.csv', `id,lat,lng,street,at\n1,43,7,"${street}","${at}"\n`, { profile })
    expect(zones[0]?.facts.name).toBe(name)
  })
})
