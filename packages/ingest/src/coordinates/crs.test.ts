import proj4 from 'proj4'
import { describe, expect, it } from 'vitest'
import { CRS_DEFINITIONS } from './crs-definitions.ts'
import { toDegrees } from './crs.ts'

describe('toDegrees', () => {
  it.each([
    ['EPSG:25830', [500_000, 4_427_757.2], [-3, 40]],
    ['urn:ogc:def:crs:EPSG::25830', [500_000, 4_427_757.2], [-3, 40]],
    ['http://www.opengis.net/def/crs/EPSG/0/25830', [500_000, 4_427_757.2], [-3, 40]],
    ['+proj=utm +zone=30 +ellps=GRS80 +units=m', [500_000, 4_427_757.2], [-3, 40]],
    ['EPSG:28992', [155_000, 463_000], [5.3872062, 52.1551744]],
    ['EPSG:3857', [-13_627_665.27, 4_547_675.35], [-122.4194, 37.7749]],
    ['EPSG:32610', [551_130.77, 4_180_998.88], [-122.4194, 37.7749]],
    ['EPSG:2056', [2_600_000, 1_200_000], [7.4386324, 46.9510828]],
    ['EPSG:27700', [530_034, 180_381], [-0.1276, 51.5072]],
    ['EPSG:2154', [652_469, 6_862_035], [2.3522, 48.8566]],
    ['EPSG:3826', [250_000, 2_765_777.6], [121, 25]],
  ] as const)('%s %j is %j', (crs, [x, y], [lng, lat]) => {
    const [foundLng, foundLat] = toDegrees(crs)([x, y])
    expect(Math.abs(foundLng - lng)).toBeLessThan(0.0005)
    expect(Math.abs(foundLat - lat)).toBeLessThan(0.0005)
  })

  it.each(['EPSG:4326', 'urn:ogc:def:crs:OGC:1.3:CRS84', 'urn:ogc:def:crs:OGC::CRS84', 'EPSG:4258', null])(
    'keeps %s unchanged',
    (crs) => {
      expect(toDegrees(crs)([7.4, 43.7])).toEqual([7.4, 43.7])
    },
  )

  it('has only grids whose conversion is reversible', () => {
    for (const [code, definition] of Object.entries(CRS_DEFINITIONS)) {
      const middle = /lon_0=([-\d.]+)/.exec(definition)?.[1] ?? '0'
      const zone = /zone=(\d+)/.exec(definition)?.[1]
      const lat = Number(/lat_0=([-\d.]+)/.exec(definition)?.[1] ?? '40')
      const at: [number, number] = [
        zone === undefined ? Number(middle) : Number(zone) * 6 - 183,
        lat === 90 || lat === 0 ? 45 : lat,
      ]
      const there = proj4('WGS84', definition, at)
      const [lng, back] = toDegrees(`EPSG:${code}`)([there[0], there[1]])
      expect(Math.abs(lng - at[0]), code).toBeLessThan(1e-6)
      expect(Math.abs(back - at[1]), code).toBeLessThan(1e-6)
    }
  })

  it('rejects an unknown system, and says what to do', () => {
    expect(() => toDegrees('EPSG:99999')).toThrow(/PROJ string/)
    expect(() => toDegrees('Gauss')).toThrow(/"Gauss" is unknown/)
  })
})
