import { VectorTile } from '@mapbox/vector-tile'
import { PbfReader } from 'pbf'
import { describe, expect, it } from 'vitest'
import { encodeTile, type TileLayer } from './mvt.ts'

function decode(layers: readonly TileLayer[]): VectorTile {
  return new VectorTile(new PbfReader(encodeTile(layers)))
}

function pairs(points: readonly { x: number; y: number }[]): number[][] {
  return points.map((point) => [point.x, point.y])
}

describe('encodeTile', () => {
  it('writes no bytes for a tile without features', () => {
    expect(encodeTile([])).toHaveLength(0)
    expect(encodeTile([{ name: 'zones', features: [] }])).toHaveLength(0)
  })

  it('keeps layer names, ids, geometries and every type of property', () => {
    const tile = decode([
      {
        name: 'zones',
        features: [
          {
            id: 7,
            type: 1,
            geometry: [[100, 4000]],
            properties: { id: 'abc', free: 3, short: -2, share: 0.25, simulated: true, flag: false, none: null },
          },
          { type: 1, geometry: [[0, 0]], properties: { id: 'abc', free: '3' } },
        ],
      },
      {
        name: 'streets',
        features: [
          {
            type: 2,
            geometry: [
              [
                [-64, 5],
                [10, 10],
                [4160, 20],
              ],
            ],
            properties: {},
          },
        ],
      },
    ])
    expect(Object.keys(tile.layers)).toEqual(['zones', 'streets'])
    const zones = tile.layers['zones']
    expect(zones?.length).toBe(2)
    expect(zones?.extent).toBe(4096)
    expect(zones?.version).toBe(2)
    const zone = zones?.feature(0)
    expect(zone?.id).toBe(7)
    expect(zone?.properties).toEqual({ id: 'abc', free: 3, short: -2, share: 0.25, simulated: true, flag: false })
    expect(zone?.loadGeometry().map(pairs)).toEqual([[[100, 4000]]])
    expect(zones?.feature(1).properties).toEqual({ id: 'abc', free: '3' })
    const street = tile.layers['streets']?.feature(0)
    expect(street?.type).toBe(2)
    expect(street?.loadGeometry().map(pairs)).toEqual([
      [
        [-64, 5],
        [10, 10],
        [4160, 20],
      ],
    ])
  })

  it('closes a ring once, whether or not its last point repeats the first', () => {
    const open = [
      [0, 0],
      [100, 0],
      [100, 100],
    ] as const
    const tile = decode([
      {
        name: 'park',
        features: [
          { type: 3, geometry: [open], properties: {} },
          { type: 3, geometry: [[...open, open[0]]], properties: {} },
        ],
      },
    ])
    const expected = [[...open, open[0]].map((point) => [...point])]
    for (const i of [0, 1]) expect(tile.layers['park']?.feature(i).loadGeometry().map(pairs)).toEqual(expected)
  })

  it('leaves out parts too short to draw', () => {
    const tile = decode([
      {
        name: 'park',
        features: [
          {
            type: 3,
            geometry: [
              [
                [1, 1],
                [2, 2],
                [1, 1],
              ],
            ],
            properties: {},
          },
          {
            type: 2,
            geometry: [
              [[1, 1]],
              [
                [1, 1],
                [9, 9],
              ],
            ],
            properties: {},
          },
        ],
      },
    ])
    expect(tile.layers['park']?.length).toBe(1)
    expect(tile.layers['park']?.feature(0).loadGeometry()).toHaveLength(1)
  })
})
