import { readContent, readLiveContent } from '@kickstand/testkit/read-files'
import { describe, expect, it } from 'vitest'

const M = 1 / 111_195

/** Spaces of one row each, half of them without the name of their street. */
const ROWS = Array.from({ length: 12 }, (_, row) =>
  Array.from({ length: 10 }, (_space, i) => ({
    id: `${row}-${i}`,
    street: row % 2 === 0 ? `Street ${row}` : '',
    lat: 25 + row * 100 * M,
    lng: 121.5 + i * 1.2 * M,
    free: i % 2,
  })),
).flat()

const profile = (gap: number | undefined) => ({
  id: 'spaces',
  name: 'Spaces',
  licence: 'unknown',
  attribution: 'made up',
  trust: 'official' as const,
  ref: 'id',
  group: { by: 'street', ...(gap === undefined ? {} : { gap }) },
  fields: { lat: 'lat', lng: 'lng', name: 'street' },
  live: { free: 'free' },
})

describe('points that are one space each', () => {
  it.each([undefined, 40])('are zones of their rows, with or without a street, with a gap of %s', async (gap) => {
    const { zones, rejected } = await readContent('a.json', JSON.stringify(ROWS), { profile: profile(gap) })
    expect(rejected).toEqual([])
    expect(zones.map(({ facts }) => facts.capacity)).toEqual(Array.from({ length: 12 }, () => 10))
    expect(zones.every(({ facts }) => facts.outline?.type === 'LineString')).toBe(true)
  })

  it('are the same zones in any order of rows', async () => {
    const refs = async (rows: readonly object[]): Promise<string[]> =>
      (await readContent('a.json', JSON.stringify(rows), { profile: profile(40) })).zones.map(({ ref }) => ref)
    expect(await refs(ROWS.toReversed())).toEqual(await refs(ROWS))
  })

  it('have live data under the same references', async () => {
    const { zones } = await readContent('a.json', JSON.stringify(ROWS), { profile: profile(40) })
    const { readings } = await readLiveContent('a.json', JSON.stringify(ROWS), { profile: profile(40) })
    expect(readings.map(({ ref }) => ref).toSorted()).toEqual(zones.map(({ ref }) => ref).toSorted())
    expect(readings[0]).toMatchObject({ value: { kind: 'free', count: 5 } })
  })
})
