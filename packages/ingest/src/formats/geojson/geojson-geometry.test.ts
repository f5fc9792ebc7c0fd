import { describe, expect, it } from 'vitest'
import { geometryOf } from './geojson-geometry.ts'

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
