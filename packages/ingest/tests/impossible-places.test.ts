import { readContent } from '@kickstand/testkit/read-files'
import { describe, expect, it } from 'vitest'

type Bay = readonly [id: string, lat: number | string, lng: number | string]

const csv = (bays: readonly Bay[]): string => `id,lat,lng\n${bays.map((bay) => bay.join(',')).join('\n')}\n`
const LONDON: readonly Bay[] = [
  ['a', 51.5, -0.02],
  ['b', 51.51, 0.01],
  ['c', 51.49, 0.03],
]
const BRIGHTON: readonly Bay[] = [
  ['a', 50.82, -0.12],
  ['b', 50.83, -0.13],
]
const MADRID: readonly Bay[] = [
  ['a', 40.41, -3.7],
  ['b', 40.42, -3.71],
]

/** Positions in a source with other zones, and whether they are accepted. */
const CASES: readonly [name: string, others: readonly Bay[], lat: number, lng: number, taken: boolean][] = [
  ['0, 0', MADRID, 0, 0, false],
  ['one metre from 0, 0', MADRID, 0.00001, -0.00001, false],
  ['60 km from 0, 0', MADRID, 0.4, 0.4, false],
  ['the prime meridian, far from other zones', MADRID, 40.41, 0, false],
  ['the equator, far from other zones', MADRID, 0, -3.7, false],
  ['the prime meridian among other zones', LONDON, 51.5, 0, true],
  ['the prime meridian near other zones', BRIGHTON, 50.82, 0, true],
  ['the equator among other zones', [['a', 0.31, 32.58] as const], 0, 32.46, true],
  ['the prime meridian, alone in its source', [], 51.48, 0, false],
]

describe('an implausible place', () => {
  it.each(CASES)('%s', async (_name, others, lat, lng, taken) => {
    const { zones, rejected } = await readContent('bays.csv', csv([...others, ['x', lat, lng]]))
    expect(zones.map(({ ref }) => ref)).toEqual([...others.map(([id]) => id), ...(taken ? ['x'] : [])])
    expect(rejected).toHaveLength(taken ? 0 : 1)
    if (!taken) expect(rejected[0]?.reason).toMatch(/of 0, 0 in the Atlantic|exactly on the (equator|prime meridian)/)
  })

  it('is every place of a file in which one column is all zeros', async () => {
    const rows = Array.from({ length: 60 }, (_, i): Bay => [`z${i}`, 48 + i / 1000, 0])
    const { zones, rejected } = await readContent('bays.csv', csv(rows))
    expect(zones).toEqual([])
    expect(rejected).toHaveLength(60)
  })

  it('is detected after the first rows, and in a file with many positions on an axis', async () => {
    const on = Array.from({ length: 1500 }, (_, i): Bay => [`on${i}`, 48 + i / 10_000, 0])
    const off = Array.from({ length: 100 }, (_, i): Bay => [`off${i}`, 48 + i / 10_000, 9])
    const { zones, rejected } = await readContent('bays.csv', csv([...off, ...on]))
    expect([zones.length, rejected.length]).toEqual([100, 1500])
  })

  it('is an outline larger than a city', async () => {
    const feature = (id: string, size: number): object => ({
      type: 'Feature',
      id,
      properties: {},
      geometry: {
        type: 'Polygon',
        coordinates: [
          [
            [9, 48],
            [9 + size, 48],
            [9 + size, 48 + size],
            [9, 48 + size],
            [9, 48],
          ],
        ],
      },
    })
    const features = [feature('bay', 0.0001), feature('district', 0.05), feature('county', 0.5)]
    const { zones, rejected } = await readContent(
      'bays.geojson',
      JSON.stringify({ type: 'FeatureCollection', features }),
    )
    expect(zones.map(({ ref }) => ref)).toEqual(['bay', 'district'])
    expect(rejected).toEqual([
      { where: 'feature 3', reason: expect.stringMatching(/67 km across, larger than a city/) },
    ])
  })
})
