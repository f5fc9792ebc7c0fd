import { tmpdir } from 'node:os'
import { gzipSync } from 'node:zlib'
import { readContent, readPath } from '@kickstand/testkit/read-files'
import { writePbf } from '@kickstand/testkit/write-pbf'
import { describe, expect, it } from 'vitest'

const CSV = 'id,name,lat,lng,capacity\n1,Été,43.1,7.1,4\n2,"Quai, nord",43.2,7.2,n/a\n3,Süd,43.3,7.3,6\n'

function features(count: number): object[] {
  return Array.from({ length: count }, (_, i) => ({
    type: 'Feature',
    id: i + 1,
    properties: { capacity: i + 1, name: `é ${i}` },
    geometry: { type: 'Point', coordinates: [7, 43 + i / 1000] },
  }))
}
const GEOJSON = JSON.stringify({ type: 'FeatureCollection', features: features(40) })
const NODES = [
  { id: 1, lat: 43, lon: 7, tags: { amenity: 'motorcycle_parking' } },
  { id: 2, lat: 43.1, lon: 7.1, tags: { amenity: 'motorcycle_parking' } },
]

describe('a file that is not what it should be', () => {
  it.each<[string, string | Buffer, RegExp]>([
    ['page.json', '<!DOCTYPE html><html><body>502 Bad Gateway</body></html>', /is a web page, not data/],
    ['page.kml', '<?xml version="1.0"?>\n<!-- x -->\n<html xmlns="x"></html>', /is a web page/],
    ['empty.csv', '', /is empty/],
    ['empty.csv.gz', gzipSync(''), /is empty/],
    ['doc.kmz', Buffer.from('PK\u0003\u0004rest'), /zip archive.*Unpack/],
    ['extract.osm', '<?xml version="1.0"?><osm version="0.6"></osm>', /is OSM XML.*osmium/],
    ['feed.xml', '<d2:payload xmlns:d2="x"></d2:payload>', /<payload>.*Expected KML or DATEX II/],
    ['noise.pbf', Buffer.from([1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8, 9]), /binary file/],
    ['note.txt', 'There is parking behind the church.', /plain text without columns/],
    [
      'error.json',
      '{"error": "quota exceeded", "status": 429}',
      /instead of a list of parking \(its members: error, status\)/,
    ],
    ['cut.json', '{"type": "FeatureColl', /breaks off/],
  ])('%s is rejected with a one-line reason', async (name, content, message) => {
    const rejected = readContent(name, content)
    const code = /empty|cut/.test(name) ? 'incomplete-file' : 'unreadable-file'
    await expect(rejected).rejects.toMatchObject({ name: 'DomainError', code })
    await expect(rejected).rejects.toThrow(message)
  })

  it('is rejected if it does not exist or is a folder', async () => {
    await expect(readPath('/nowhere/at-all.csv')).rejects.toThrow(/There is no file \/nowhere\/at-all\.csv/)
    await expect(readPath(tmpdir())).rejects.toThrow(/is a folder/)
  })

  it('is rejected if the profile is for another format', async () => {
    await expect(readContent('a.csv', CSV, { profile: 'madrid' })).rejects.toThrow(
      /is CSV, and the profile "madrid" is for kml/,
    )
  })

  it('is rejected with an invalid source id', async () => {
    await expect(readContent('a.csv', CSV, { sourceId: 'A b' })).rejects.toMatchObject({ code: 'invalid-request' })
  })
})

describe('a file that breaks off', () => {
  it.each<[string, Buffer, number]>([
    ['a.geojson', Buffer.from(GEOJSON), 0.5],
    ['a.geojson', gzipSync(GEOJSON), 0.7],
    [
      'a.ndjson',
      Buffer.from(
        features(40)
          .map((one) => JSON.stringify(one))
          .join('\n'),
      ),
      0.51,
    ],
    [
      'a.csv',
      Buffer.from(
        `id,lat,lng,name\n${features(40)
          .map((_, i) => `${i},43.${i + 1},7.1,"n"`)
          .join('\n')}`,
      ),
      0.5,
    ],
    [
      'a.kml',
      Buffer.from(
        `<kml><Document>${'<Placemark><Point><coordinates>7,43</coordinates></Point></Placemark>'.repeat(40)}</Document></kml>`,
      ),
      0.5,
    ],
  ])('%s: the complete part is read, and the file counts as incomplete', async (name, whole, share) => {
    const { zones, end } = await readContent(name, whole.subarray(0, Math.floor(whole.length * share)))
    expect(zones.length).toBeGreaterThan(5)
    expect(zones.length).toBeLessThan(40)
    expect(end).toMatchObject({ complete: false, note: expect.stringMatching(/break|line/) })
  })

  it('is detected in a gzip table that ends between two lines', async () => {
    const packed = gzipSync(CSV)
    const { end } = await readContent('a.csv.gz', packed.subarray(0, packed.length - 8))
    expect(end?.complete).toBe(false)
  })

  it('is detected in an OSM extract', async () => {
    const whole = writePbf([{ nodes: [NODES[0]] }, { nodes: [NODES[1]] }])
    const { zones, end } = await readContent('a.pbf', whole.subarray(0, whole.length - 5))
    expect(zones.map((zone) => zone.ref)).toEqual(['node/1'])
    expect(end).toMatchObject({ complete: false, note: expect.stringMatching(/incomplete: the file is truncated/) })
  })

  it('is detected where Overpass gave up', async () => {
    const json = { osm3s: {}, remark: 'runtime error: Query timed out in "query" at line 3', elements: [] }
    const { end } = await readContent('a.json', JSON.stringify(json))
    expect(end).toMatchObject({ complete: false, note: expect.stringMatching(/gave up.*timed out/) })
  })
})

describe('a file with faults in it', () => {
  it('loses of a CSV only the faulty lines', async () => {
    const lines = CSV.split('\n')
    lines.splice(
      2,
      0,
      '9,"never closed,43.1,7.1,4',
      '8,one,too,many,columns,here',
      '7,Null,0,0,3',
      '6,Swapped,139.7,35.6,3',
    )
    const { zones, rejected, warnings, end } = await readContent('a.csv', lines.join('\n'))
    expect(zones.map((zone) => zone.ref)).toEqual(['1', '2', '3'])
    expect(rejected.map((row) => row.where)).toEqual(['line 3', 'line 4', 'line 5', 'line 6'])
    expect(rejected.map((row) => row.reason).join()).toMatch(/unclosed quote.*6 columns.*Atlantic.*swapped/)
    expect(warnings).toEqual([{ where: 'line 7', reason: expect.stringContaining('"n/a"') }])
    expect(end).toMatchObject({ complete: true })
  })

  it('loses of GeoJSON only the faulty features', async () => {
    const good = features(3).map((one) => JSON.stringify(one))
    const bad = [
      '{"type": "Feature", "geometry": NaN}',
      '{"type": "Point"}',
      '{"type":"Feature","geometry":{"type":"Point","coordinates":["x"]}}',
      '7',
    ]
    const text = `{"type": "FeatureCollection", "features": [${[good[0], ...bad, good[1], good[2]].join(',')}]}`
    const { zones, rejected, end } = await readContent('a.geojson', text)
    expect(zones).toHaveLength(3)
    expect(rejected.map((row) => row.where)).toEqual(['feature 2', 'feature 3', 'feature 4', 'feature 5'])
    expect(end).toMatchObject({ complete: true })
  })

  it.each([true, false])(
    'loses of GeoJSON only the features whose brackets or quotes do not match',
    async (typeFirst) => {
      const lines = features(9).map((one) => JSON.stringify(one))
      lines[2] = lines[2].replace('é 2"', 'é 2')
      lines[5] = lines[5].slice(0, -1)
      const list = `"features": [\n${lines.join(',\n')}\n]`
      const text = typeFirst ? `{"type": "FeatureCollection", ${list}}` : `{${list}, "type": "FeatureCollection"}`
      const { zones, rejected, feed } = await readContent('a.geojson', text)
      expect(feed.format).toBe('GeoJSON')
      expect(zones.map((zone) => zone.ref)).toEqual(['1', '2', '4', '5', '7', '8', '9'])
      expect(rejected.map((row) => row.where)).toEqual(['feature 3', 'feature 6'])
    },
  )

  it('loses of JSON lines only the faulty lines', async () => {
    const lines = features(3).map((one) => JSON.stringify(one))
    lines.splice(1, 0, '{"type": "Feature", broken')
    const { zones, rejected, end, feed } = await readContent('a.geojsonl', lines.join('\n'))
    expect(feed.format).toBe('GeoJSON')
    expect(zones).toHaveLength(3)
    expect(rejected).toEqual([{ where: 'line 2', reason: expect.stringMatching(/not valid JSON/) }])
    expect(end).toMatchObject({ complete: true })
  })

  it('loses of KML only the faulty placemarks', async () => {
    const mark = (name: string, at: string): string =>
      `<Placemark id="${name}"><name>${name}</name><Point><coordinates>${at}</coordinates></Point></Placemark>`
    const kml = `<kml>${mark('a', '7,43')}${mark('b', '7,1,43,1,0')}${mark('c', '')}${mark('d', '7.1,43.1,5')}</kml>`
    const { zones, rejected } = await readContent('a.kml', kml)
    expect(zones.map((zone) => zone.ref)).toEqual(['a', 'd'])
    expect(rejected.map((row) => row.where)).toEqual(['placemark 2 (line 1)', 'placemark 3 (line 1)'])
  })

  it('loses nothing of KML by a bare ampersand or an entity of HTML', async () => {
    const mark = (name: string, lat: number): string =>
      `<Placemark><name>${name}</name><Point><coordinates>7,${lat}</coordinates></Point></Placemark>`
    const kml = `<kml>${mark('A & B', 43)}${mark('A&nbsp;B', 44)}${mark('A &amp; <![CDATA[B & C]]>', 45)}</kml>`
    const { zones, end } = await readContent('a.kml', kml)
    expect(zones.map((zone) => zone.facts.name)).toEqual(['A & B', 'A B', 'A & B & C'])
    expect(end?.complete).toBe(true)
  })

  it('says what to do about a way without its nodes', async () => {
    const way = { id: 5, refs: [90, 91, 92], tags: { amenity: 'motorcycle_parking' } }
    const cut = { id: 6, refs: [1, 91], tags: { amenity: 'motorcycle_parking' } }
    const { zones, rejected, warnings } = await readContent('a.pbf', writePbf([{ nodes: NODES }, { ways: [way, cut] }]))
    expect(zones.map((zone) => zone.ref)).toEqual(['node/1', 'node/2', 'way/6'])
    expect(zones[2]?.facts).toMatchObject({ lat: 43, lng: 7, outline: null })
    expect(rejected).toEqual([{ where: 'way/5', reason: expect.stringMatching(/nodes are not in the file/) }])
    expect(warnings).toEqual([{ where: 'way/6', reason: expect.stringMatching(/only a point/) }])
  })

  it('explains how to query Overpass for the missing nodes of a way', async () => {
    const way = { type: 'way', id: 5, nodes: [90, 91], tags: { amenity: 'motorcycle_parking' } }
    const { rejected } = await readContent('a.json', JSON.stringify({ osm3s: {}, elements: [way] }))
    expect(rejected).toEqual([{ where: 'way/5', reason: expect.stringMatching(/ask Overpass with "out geom;"/) }])
    expect(rejected[0]?.reason).not.toContain('osmium')
  })

  it.each([
    ['sep=;\nid;lat;lng\na;43,5;7,25\n', 43.5],
    ['\uFEFF"sep=;"\r\nid;lat;lng\r\na;43.5;7.25\r\n', 43.5],
    ['sep=,\nid,lat,lng\na,43.5,7.25\n', 43.5],
    ['SEP=\t\nid\tlat\tlng\na\t43.5\t7.25\n', 43.5],
    ['sep=|\nid|lat|lng|a;b;c;d\na|43.5|7.25|x\n', 43.5],
  ])('reads a CSV that begins with Excel’s line about its separator: %j', async (text, lat) => {
    const { zones, rejected } = await readContent('a.csv', text)
    expect(rejected).toEqual([])
    expect(zones).toMatchObject([{ ref: 'a', facts: { lat, lng: 7.25 } }])
  })

  it('names an unsupported compression', async () => {
    const { end } = await readContent('a.pbf', writePbf([{ nodes: NODES, pack: 'lzma' }]))
    expect(end).toMatchObject({ complete: false, note: expect.stringMatching(/LZMA or LZ4/) })
  })
})

describe('a text in another encoding', () => {
  const names = ['Été', 'Quai, nord', 'Süd']

  it.each<[string, Buffer, RegExp | null]>([
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${CSV}`), null],
    ['UTF-16', Buffer.from(`\uFEFF${CSV}`, 'utf16le'), null],
    ['UTF-16 without a mark', Buffer.from(CSV, 'utf16le'), null],
    ['big-endian UTF-16', Buffer.from(`\uFEFF${CSV}`, 'utf16le').swap16(), null],
    ['Latin-1', Buffer.from(CSV, 'latin1'), /read as Windows-1252/],
  ])('in %s is read with its letters', async (_name, content, note) => {
    const { zones, feed } = await readContent('a.csv', content)
    expect(zones.map((zone) => zone.facts.name)).toEqual(names)
    expect(feed.notes.join()).toMatch(note ?? /^$/)
  })

  it('in Latin-1 is read in XML that says so', async () => {
    const kml =
      '<?xml version="1.0" encoding="ISO-8859-1"?><kml><Placemark><name>Été</name><Point><coordinates>7,43</coordinates></Point></Placemark></kml>'
    const { zones } = await readContent('a.kml', Buffer.from(kml, 'latin1'))
    expect(zones[0]?.facts.name).toBe('Été')
  })

  it('with one damaged letter keeps the others', async () => {
    const bytes = Buffer.from(CSV)
    bytes[bytes.indexOf('Süd') + 1] = 0xff
    const { zones, feed } = await readContent('a.csv', bytes)
    expect(zones[0]?.facts.name).toBe('Été')
    expect(feed.notes.join()).toMatch(/damaged/)
  })
})
