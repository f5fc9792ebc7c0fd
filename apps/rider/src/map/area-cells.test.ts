import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cellsForArea } from './area-cells.ts'

const SIDE = 2 ** 13

test('covers a street corner with its one cell', () => {
  const corner = { west: -122.401, south: 37.783, east: -122.4, north: 37.784 }
  expect(cellsForArea(corner, 64)).toEqual(['13/1310/3166'])
})

test('returns the cells nearest to the centre if there are too many', () => {
  const bay = { west: -122.6, south: 37.6, east: -122.2, north: 37.9 }
  const all = cellsForArea(bay, 1000)
  const some = cellsForArea(bay, 9)
  expect(all.length).toBeGreaterThan(40)
  expect(some).toEqual(all.slice(0, 9))
  const [, x, y] = (some[0] ?? '').split('/').map(Number)
  expect(x).toBe(Math.floor(((-122.4 + 180) / 360) * SIDE))
  expect(y).toBeGreaterThan(3150)
})

test('crosses the antimeridian if west is greater than east', () => {
  const fiji = { west: 179.99, south: -17.01, east: -179.99, north: -17 }
  const columns = new Set(cellsForArea(fiji, 64).map((key) => key.split('/')[1]))
  expect(columns).toEqual(new Set([String(SIDE - 1), '0']))
})

test('keeps 180° in the last column and the poles in the first and last row', () => {
  const edge = cellsForArea({ west: 179.99, south: 89, east: 180, north: 90 }, 64)
  expect(edge).toEqual([`13/${SIDE - 1}/0`])
  expect(cellsForArea({ west: 0, south: -90, east: 0.01, north: -89 }, 64)).toEqual([`13/${SIDE / 2}/${SIDE - 1}`])
})

test('returns at most `max` cells for the whole world', () => {
  const world = { west: -180, south: -90, east: 180, north: 90 }
  expect(cellsForArea(world, 64)).toHaveLength(64)
})

test('returns nothing for an invalid area', () => {
  expect(cellsForArea({ west: Number.NaN, south: 0, east: 1, north: 1 }, 64)).toEqual([])
  expect(cellsForArea({ west: 0, south: 2, east: 1, north: 1 }, 64)).toEqual([])
  expect(cellsForArea({ west: 0, south: 0, east: 1, north: 1 }, 0)).toEqual([])
})

test('contains the cell of every point of a small area once', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true })
  fc.assert(
    fc.property(
      fc.double({ min: -180, max: 180, noNaN: true }),
      fc.double({ min: -84, max: 84, noNaN: true }),
      share,
      share,
      (west, south, x, y) => {
        const span = 0.12
        const east = west + span > 180 ? west + span - 360 : west + span
        const cells = cellsForArea({ west, south, east, north: south + span }, 500)
        const lng = west + span * x
        const column = Math.floor((((lng > 180 ? lng - 360 : lng) + 180) / 360) * SIDE) % SIDE
        const radians = ((south + span * y) * Math.PI) / 180
        const row = Math.floor(((1 - Math.asinh(Math.tan(radians)) / Math.PI) / 2) * SIDE)
        expect(cells).toContain(`13/${column}/${row}`)
        expect(new Set(cells).size).toBe(cells.length)
      },
    ),
  )
})
