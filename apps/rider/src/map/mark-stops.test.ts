import { describe, expect, it } from 'vitest'
import { aMapZone, anAvailability } from './fixtures.ts'
import { markStops } from './mark-stops.ts'

describe('the stops of a plan on the map', () => {
  const [a, b, c] = ['zone000a', 'zone000b', 'zone000c'].map((id) => aMapZone({ id }))

  it('returns the same zones without a plan', () => {
    const zones = [a, b].flatMap((zone) => zone ?? [])
    expect(markStops(zones, undefined)).toBe(zones)
  })

  it('numbers stops in order with live figures, and adds stops outside the visible area', () => {
    const zones = [a, b].flatMap((zone) => zone ?? [])
    const planned = aMapZone({ id: 'zone000b', availability: anAvailability({ state: 'few' }) })
    const marked = markStops(
      zones,
      [c, planned].flatMap((zone) => zone ?? []),
    )
    expect(marked.map(({ id, mark, availability }) => [id, mark, availability.state])).toEqual([
      ['zone000a', undefined, 'some'],
      ['zone000c', '1', 'some'],
      ['zone000b', '2', 'some'],
    ])
  })
})
