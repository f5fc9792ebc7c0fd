import {
  ARCGIS_PROFILE,
  arcGis,
  hongKong,
  OPENDATASOFT_PROFILE,
  opendatasoft,
  singapore,
} from '@kickstand/testkit/made-feeds'
import { readContent, type ReadFile, withFile } from '@kickstand/testkit/read-files'
import { describe, expect, it } from 'vitest'

const WHO = { id: 'city', name: 'City', licence: 'x', attribution: 'x', trust: 'official' }

function read(content: string, profile: object): Promise<ReadFile> {
  return withFile('profile.json', JSON.stringify({ ...WHO, ...profile }), (file) =>
    readContent('answer.json', content, { profile: file }),
  )
}

describe('a response made from its specification', () => {
  it('of Opendatasoft has positions in its own columns', async () => {
    const { zones, feed, end } = await read(opendatasoft(), OPENDATASOFT_PROFILE)
    expect(feed.format).toBe('Opendatasoft')
    expect(zones).toHaveLength(11)
    expect(zones[0]).toMatchObject({ ref: '100', facts: { capacity: 2, outline: { type: 'LineString' } } })
    expect(zones[1]?.facts).toMatchObject({ lat: 48.851, lng: 2.351, outline: null })
    expect(end?.complete).toBe(true)
  })

  it('of Opendatasoft is incomplete if it is a page', async () => {
    const { end } = await read(opendatasoft(400), OPENDATASOFT_PROFILE)
    expect(end).toMatchObject({ complete: false, note: expect.stringContaining('12 of 400 rows') })
  })

  it('of Opendatasoft’s table has "lat, lng" in one column', async () => {
    const csv = 'id_stationnement;nom_voie;nb_places;regime;geo_point_2d\n7;Rue;4;MOTO;"48.85, 2.35"\n'
    const { zones } = await read(csv, { ...OPENDATASOFT_PROFILE, fields: { geometry: 'geo_point_2d' } })
    expect(zones).toMatchObject([{ ref: '7', facts: { lat: 48.85, lng: 2.35 } }])
  })

  it('of ArcGIS is read in the CRS that it names, with holes in its areas', async () => {
    const { zones, feed, end } = await read(arcGis(), ARCGIS_PROFILE)
    expect(feed.format).toBe('ArcGIS')
    expect(zones).toHaveLength(12)
    expect(zones[0]).toMatchObject({
      ref: '1',
      facts: { outline: { type: 'Polygon', coordinates: [expect.anything(), expect.anything()] } },
    })
    expect(zones[1]?.facts.lat).toBeCloseTo(37.775, 2)
    expect(zones[1]?.facts.lng).toBeCloseTo(-122.4192, 3)
    expect(end?.complete).toBe(true)
  })

  it('of ArcGIS is incomplete if the service stopped at its limit', async () => {
    const { end } = await read(arcGis(true), ARCGIS_PROFILE)
    expect(end).toMatchObject({ complete: false, note: expect.stringContaining('limit of its service') })
  })

  it('of ArcGIS with status 200 and an error is no data', async () => {
    const error = '{"error":{"code":400,"message":"Invalid or missing input parameters."}}'
    await expect(read(error, ARCGIS_PROFILE)).rejects.toThrow(/error message instead of.*Invalid or missing/)
  })

  it('of Hong Kong has motorcycle spaces separate from cars', async () => {
    const { zones, leftOut, feed } = await readContent('info.json', hongKong())
    expect(feed).toMatchObject({ format: 'Hong Kong', profile: 'hong-kong' })
    expect(zones).toHaveLength(10)
    expect(leftOut.map(({ where }) => where)).toEqual(['5', '6'])
    expect(zones[0]).toMatchObject({
      ref: '1',
      facts: { capacity: 1, kind: 'garage', fee: 'paid', openingHours: 'Mo,Tu,PH 07:00-24:00' },
    })
  })

  it('of Singapore has zones where motorcycles have lots, their number unknown', async () => {
    const { zones, leftOut } = await readContent('lots.json', singapore())
    expect(zones).toHaveLength(11)
    expect(leftOut).toHaveLength(1)
    expect(zones[0]).toMatchObject({ ref: 'K0', facts: { lat: 1.29, lng: 103.85, name: 'Mall 0', capacity: null } })
  })

  it('of a standard with the total of a car park has no motorcycle spaces', async () => {
    const site = { uid: 'a', lat: 48, lon: 9, capacity: 300, realtime_free_capacity: 12, type: 'CAR_PARK' }
    const own = { ...site, uid: 'b', purpose: 'MOTORCYCLE', capacity: 8 }
    const { zones, leftOut } = await readContent('sites.json', JSON.stringify({ items: [site, own] }))
    expect(zones).toMatchObject([{ ref: 'b', facts: { capacity: 8, kind: 'garage' } }])
    expect(leftOut).toMatchObject([{ where: 'a' }])
  })

  it('of ParkAPI v1 has motorcycle lots by type', async () => {
    const lot = { coords: { lat: 51.05, lng: 13.74 }, free: 2, total: 9, state: 'open', name: 'Markt' }
    const lots = [
      { ...lot, id: 'a', lot_type: 'Parkhaus' },
      { ...lot, id: 'b', lot_type: 'Motorradparkplatz' },
    ]
    const { zones, leftOut } = await readContent('city.json', JSON.stringify({ last_updated: 'x', lots }))
    expect(zones).toMatchObject([{ ref: 'b', facts: { capacity: 9, lat: 51.05, lng: 13.74 } }])
    expect(leftOut).toHaveLength(1)
  })
})

describe('swapped latitude and longitude', () => {
  it('are detected far from the other zones of a source without an area', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => `${i},${i % 7 === 3 ? '-3.7,40.4' : `40.4,-3.${700 + i}`}`)
    const { zones, rejected } = await readContent('a.csv', `id,lat,lng\n${rows.join('\n')}\n`)
    expect(rejected.map(({ where }) => where)).toEqual(['3', '10', '17', '24'])
    expect(rejected[0]?.reason).toMatch(/far from all others; latitude and longitude look swapped/)
    expect(zones).toHaveLength(26)
  })

  it('are not suspected in a source that spans the world', async () => {
    const places = ['52.5,13.4', '40.4,-3.7', '-33.9,151.2', '35.7,139.7', '1.3,103.8', '43.7,7.4', '37.8,-122.4']
    const { zones } = await readContent('a.csv', `lat,lng\n${places.join('\n')}\n`)
    expect(zones).toHaveLength(7)
  })
})
