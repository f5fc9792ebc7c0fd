import { describe, expect, it } from 'vitest'
import { kmlCoordinates } from './kml-geometry.ts'

describe('KML coordinates', () => {
  it('reads longitude, latitude and an optional height', () => {
    expect(kmlCoordinates(' -3.5,40.25,30 \n 1,2 ')).toEqual([
      [-3.5, 40.25],
      [1, 2],
    ])
  })

  it.each(['-3,5,40,25,30', 'a,b', '', '1'])('rejects %j', (text) => {
    expect(kmlCoordinates(text)).toBeNull()
  })
})
