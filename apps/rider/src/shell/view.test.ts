import { describe, expect, it } from 'vitest'
import { areaAround, areaToLoad, listCentre } from './areas.ts'
import { parseViewSearch, sameView, viewToSearch } from './view.ts'

describe('the view in the address', () => {
  it('survives a round trip', () => {
    const search = viewToSearch({ lat: 37.7893456789, lng: -122.4021, zoom: 15.333333 })
    expect(search).toEqual({ lat: 37.789, lng: -122.402, z: 15.33 })
    expect(parseViewSearch(search)).toEqual(search)
  })

  it('drops unknown, out-of-range and incomplete fields', () => {
    expect(parseViewSearch({ lat: 91, lng: 0 })).toEqual({})
    expect(parseViewSearch({ lat: 'x', lng: 0 })).toEqual({})
    expect(parseViewSearch({ lat: 10 })).toEqual({})
    expect(parseViewSearch({ lat: '10.5', lng: '20', z: 99, q: 'x' })).toEqual({ lat: 10.5, lng: 20 })
    expect(parseViewSearch({ lat: '', lng: '' })).toEqual({})
  })
})

describe('the end of a flight', () => {
  const view = { lat: 37.789, lng: -122.402, zoom: 16 }
  it('matches its target within a few pixels', () => {
    expect(sameView(view, { ...view, lat: 37.78901 })).toBe(true)
    expect(sameView({ ...view, lng: 179.99999 }, { ...view, lng: -179.99999 })).toBe(true)
  })
  it("does not match a rider's own move", () => {
    expect(sameView(view, { ...view, lng: -122.4 })).toBe(false)
    expect(sameView(view, { ...view, zoom: 15 })).toBe(false)
  })
})

describe('the area to load', () => {
  const area = { west: -122.4062, south: 37.7861, east: -122.3978, north: 37.7919 }
  it('covers the screen and stays the same for a small move', () => {
    const loaded = areaToLoad(area, 15.2)
    expect(loaded).not.toBeNull()
    if (!loaded) return
    expect(loaded.west).toBeLessThanOrEqual(area.west)
    expect(loaded.east).toBeGreaterThanOrEqual(area.east)
    expect(loaded.south).toBeLessThanOrEqual(area.south)
    expect(loaded.north).toBeGreaterThanOrEqual(area.north)
    expect(areaToLoad({ ...area, south: area.south + 0.0001, north: area.north + 0.0001 }, 15.3)).toEqual(loaded)
  })
  it('is null below the zoom of single zones', () => {
    expect(areaToLoad(area, 11.9)).toBeNull()
  })
  it('around a point wraps over the antimeridian and stops at the pole', () => {
    const around = areaAround({ lat: 0, lng: 179.999 }, 2_000)
    expect(around.west).toBeGreaterThan(179.9)
    expect(around.east).toBeLessThan(-179.9)
    expect(areaAround({ lat: 90, lng: 0 }, 2_000).north).toBe(90)
  })
})

describe('the centre of the list', () => {
  it('stays the same for tiny map moves', () => {
    expect(listCentre({ lat: 37.789004, lng: -122.402004 })).toEqual(listCentre({ lat: 37.789006, lng: -122.402006 }))
  })
})
