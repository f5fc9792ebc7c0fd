import { describe, expect, it } from 'vitest'
import { viewOfStops } from './stops-view.ts'

describe('the view of the stops of a plan', () => {
  it('is null without stops, and close for one', () => {
    expect(viewOfStops([])).toBeNull()
    expect(viewOfStops([{ lat: 52, lng: 13 }])).toEqual({ lat: 52, lng: 13, zoom: 17 })
  })

  it.each([0, 52, -70])('shows all stops at latitude %d', (lat) => {
    const view = viewOfStops([
      { lat, lng: 13 },
      { lat: lat + 0.01, lng: 13.01 },
    ])
    const pixelsPerDegree = (512 * 2 ** (view?.zoom ?? 0)) / 360
    expect(0.01 * pixelsPerDegree).toBeLessThanOrEqual(200)
    expect((0.01 * pixelsPerDegree) / Math.cos((lat * Math.PI) / 180)).toBeLessThanOrEqual(202)
    expect((0.01 * pixelsPerDegree) / Math.cos((lat * Math.PI) / 180)).toBeGreaterThan(150)
  })

  it('shows the first stop if they are on both sides of the antimeridian', () => {
    const stops = [
      { lat: -17, lng: 179.99 },
      { lat: -17, lng: -179.99 },
    ]
    expect(viewOfStops(stops)).toEqual({ lat: -17, lng: 179.99, zoom: 17 })
  })
})
