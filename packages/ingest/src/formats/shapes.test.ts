import { describe, expect, it } from 'vitest'
import { geometryOfWkt } from '#coordinates/wkt.ts'
import { geometryOf } from './geojson/geojson-geometry.ts'
import { kmlCoordinates } from './kml/kml-geometry.ts'
import { pairsOfHtml, textOfHtml } from './xml/html-text.ts'

describe('geometryOf', () => {
  const ring = [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 0],
  ]

  it.each<[object, unknown]>([
    [
      { type: 'Point', coordinates: [1, 2, 30] },
      { type: 'Point', coordinates: [1, 2] },
    ],
    [
      { type: 'MultiPoint', coordinates: [[1, 2]] },
      { type: 'Point', coordinates: [1, 2] },
    ],
    [
      { type: 'Polygon', coordinates: [ring] },
      { type: 'Polygon', coordinates: [ring] },
    ],
    [
      { type: 'MultiPolygon', coordinates: [[ring]] },
      { type: 'MultiPolygon', coordinates: [[ring]] },
    ],
    [
      { type: 'LineString', coordinates: ring },
      { type: 'LineString', coordinates: ring },
    ],
    [
      { type: 'MultiLineString', coordinates: [ring.slice(0, 2), ring] },
      { type: 'LineString', coordinates: ring },
    ],
    [
      {
        type: 'GeometryCollection',
        geometries: [
          { type: 'Point', coordinates: [] },
          { type: 'Point', coordinates: [1, 2] },
        ],
      },
      { type: 'Point', coordinates: [1, 2] },
    ],
    [{ type: 'Point', coordinates: ['1', '2'] }, null],
    [{ type: 'Polygon', coordinates: [] }, null],
    [{ type: 'Polygon', coordinates: [ring.slice(0, 2)] }, null],
    [{ type: 'Circle' }, null],
  ])('%j', (given, expected) => {
    expect(geometryOf(given)).toEqual(expected)
  })
})

describe('geometryOfWkt', () => {
  it.each<[string, unknown]>([
    ['POINT (-122.43 37.77)', { type: 'Point', coordinates: [-122.43, 37.77] }],
    ['SRID=4326;POINT Z (1 2 3)', { type: 'Point', coordinates: [1, 2] }],
    [
      'LINESTRING(0 0, 1 1)',
      {
        type: 'LineString',
        coordinates: [
          [0, 0],
          [1, 1],
        ],
      },
    ],
    [
      'POLYGON ((0 0, 1 0, 1 1, 0 0))',
      {
        type: 'Polygon',
        coordinates: [
          [
            [0, 0],
            [1, 0],
            [1, 1],
            [0, 0],
          ],
        ],
      },
    ],
    [
      'MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)))',
      {
        type: 'MultiPolygon',
        coordinates: [
          [
            [
              [0, 0],
              [1, 0],
              [1, 1],
              [0, 0],
            ],
          ],
        ],
      },
    ],
    ['POINT EMPTY', null],
    ['POINT (1)', null],
    ['1600 Market Street (rear)', null],
  ])('%s', (text, expected) => {
    expect(geometryOfWkt(text)).toEqual(expected)
  })
})

describe('KML coordinates', () => {
  it('reads longitude, latitude and an optional height', () => {
    expect(kmlCoordinates(' -3.5,40.25,30 \n 1,2 ')).toEqual([
      [-3.5, 40.25],
      [1, 2],
    ])
  })

  it.each(['-3,5,40,25,30', 'a,b', '', '1'])('rejects %j', (text) => {
    expect(kmlCoordinates(text)).toBeNull()
  })
})

describe('pairsOfHtml', () => {
  it('reads the two columns of a table, spelled out', () => {
    const html =
      '<table><tr><td colspan="2"><img></td></tr><tr><td>N&ordm; &#39;A&#39;</td><td>\n&quot;8&nbsp;a 20&quot;</td></tr><tr><td>N</td><td></td></tr></table>'
    expect(pairsOfHtml(html)).toEqual({ "N&ordm; 'A'": '"8 a 20"', N: '' })
  })

  it('reads lines of name and value', () => {
    expect(pairsOfHtml('<b>Places</b>: 12<br/>Street: Rue X<br>no pair')).toEqual({ Places: '12', Street: 'Rue X' })
  })

  it('leaves no tags in a text', () => {
    expect(textOfHtml('<p>a <b>b</b>&amp;&#x41;</p>')).toBe('a b &A')
  })
})
