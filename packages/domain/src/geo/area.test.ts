import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { areaContains, parseArea, splitAtAntimeridian } from './area.ts'

describe('area', () => {
  it('is read from west,south,east,north, spaces allowed', () => {
    expect(parseArea('-122.5, 37.7, -122.3,37.8')).toEqual({ west: -122.5, south: 37.7, east: -122.3, north: 37.8 })
    expect(parseArea('170,-10,-170,10')).toEqual({ west: 170, south: -10, east: -170, north: 10 })
    expect(parseArea('-180,-90,180,90')).toEqual({ west: -180, south: -90, east: 180, north: 90 })
  })

  it.each([
    ['1,2,3', /four numbers/],
    ['1,2,3,4,5', /four numbers/],
    ['', /four numbers/],
    ['1,,3,4', /four numbers/],
    ['1,2,x,4', /four numbers/],
    ['1,2,NaN,4', /four numbers/],
    ['1,2,Infinity,4', /four numbers/],
    ['37.7,-122.5,37.8,-122.3', /order west,south,east,north/],
    ['-181,0,10,10', /longitudes/],
    ['0,10,1,5', /south \(10\) lies above north \(5\)/],
  ])('rejects "%s" with an error that says what to do', (text, message) => {
    expect(() => parseArea(text)).toThrow(message)
  })

  it('holds what one of its parts holds, also over the antimeridian', () => {
    const lng = fc.double({ min: -180, max: 180, noNaN: true })
    const lat = fc.double({ min: -90, max: 90, noNaN: true })
    fc.assert(
      fc.property(lng, lng, lat, lat, lat, lng, (west, east, a, b, atLat, atLng) => {
        const area = { west, east, south: Math.min(a, b), north: Math.max(a, b) }
        const parts = splitAtAntimeridian(area)
        expect(parts).toHaveLength(west <= east ? 1 : 2)
        expect(areaContains(area, atLat, atLng)).toBe(parts.some((part) => areaContains(part, atLat, atLng)))
      }),
    )
  })
})
