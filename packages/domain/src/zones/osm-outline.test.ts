import { describe, expect, it } from 'vitest'
import { outlineOfRelation, outlineOfWay } from './osm-outline.ts'
import type { LngLat } from './zone.ts'

const box = (from: number, to: number): LngLat[] => [
  [from, from],
  [to, from],
  [to, to],
  [from, to],
  [from, from],
]

describe('outlineOfWay', () => {
  it('is an area where the way closes and a line where it does not', () => {
    expect(outlineOfWay(box(0, 1))?.type).toBe('Polygon')
    expect(outlineOfWay(box(0, 1).slice(0, 3))?.type).toBe('LineString')
    expect(outlineOfWay([[0, 0]])).toBeNull()
  })
})

describe('outlineOfRelation', () => {
  it('joins ways that lie in any order and direction', () => {
    const outline = outlineOfRelation([
      { role: 'outer', line: box(0, 10).slice(0, 2) },
      { role: 'outer', line: box(0, 10).slice(3) },
      { role: 'outer', line: box(0, 10).slice(1, 4).toReversed() },
    ])
    expect(outline).toEqual({ type: 'Polygon', coordinates: [box(0, 10)] })
  })

  it('puts a hole into the area that holds it', () => {
    const outline = outlineOfRelation([
      { role: 'outer', line: box(0, 1) },
      { role: 'outer', line: box(10, 20) },
      { role: 'inner', line: box(12, 13) },
    ])
    expect(outline).toEqual({ type: 'MultiPolygon', coordinates: [[box(0, 1)], [box(10, 20), box(12, 13)]] })
  })

  it('is nothing where a way is missing', () => {
    expect(outlineOfRelation([{ role: 'outer', line: box(0, 1).slice(0, 3) }])).toBeNull()
    expect(outlineOfRelation([])).toBeNull()
  })
})
