import { describe, expect, it } from 'vitest'
import { geometryOfWkt } from './wkt.ts'

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
