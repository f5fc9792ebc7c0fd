import { readFile } from 'node:fs/promises'
import { sharedData } from '@kickstand/testkit'
import { readLiveContent, readLivePath, readPath, withFile } from '@kickstand/testkit/read-files'
import { describe, expect, it } from 'vitest'

const real = (file: string): string => sharedData(`importer/${file}`) ?? ''
const there = sharedData('importer/parkapi/v3-parking-site-list.json') !== null

const WHO = { id: 'city', name: 'City', licence: 'x', attribution: 'x', trust: 'official' }

/** Runs with a profile in a temporary file. */
async function withProfile<T>(profile: object, work: (file: string) => Promise<T>): Promise<T> {
  return withFile('profile.json', JSON.stringify({ ...WHO, ...profile }), work)
}

describe.skipIf(!there)('a real live response', () => {
  it('of Taipei: -9 and -1 are unknown, and the time is Taipei’s, not Chicago’s', async () => {
    const { readings, rows, profile } = await readLivePath(real('taiwan/taipei-allavailable-shape.json'))
    expect(profile).toBe('taipei')
    const at = Date.parse('2026-10-06T00:02:00+08:00')
    expect(readings).toMatchObject([
      { ref: 'TPE0003', value: null, vehicle: 'scooter', at },
      { ref: 'TPE0003/heavy', value: { kind: 'free', count: 2 }, vehicle: 'heavy' },
      { ref: 'TPE9001', value: { kind: 'free', count: 12 } },
      { ref: 'TPE9001/heavy', value: null },
      { ref: 'TPE9009/heavy', value: null },
    ])
    // Lots for cars only are excluded; "true" is not a number.
    const { length: leftOut } = rows.filter((row) => 'leftOut' in row)
    expect(leftOut).toBe(2)
    expect(rows.filter((row) => 'rejected' in row)).toMatchObject([
      { ref: 'TPE9008', rejected: { reason: expect.stringContaining('"true"') } },
    ])
  })

  it('of FIWARE: the two-wheeler slots, never the site’s total', async () => {
    const { readings } = await readLivePath(real('fiware/OnStreetParking.json'))
    expect(readings).toEqual([
      {
        ref: 'santander:daoiz_velarde_1_5/two-wheelers',
        value: { kind: 'free', count: 20 },
        vehicle: 'motorcycle',
        capacity: 20,
        closed: null,
        at: Date.parse('2021-03-11T15:51:02Z'),
      },
    ])
  })

  it('of ParkAPI: a car park is excluded, unless the profile says that all spaces are for motorcycles', async () => {
    const file = real('parkapi/v3-parking-site-list.json')
    expect((await readLivePath(file)).readings).toEqual([])
    await withProfile({ format: 'parkapi', supply: 'motorcycle' }, async (profile) => {
      const [zone] = (await readPath(file, { profile })).zones
      const { readings, rows } = await readLivePath(file, { profile })
      expect(zone).toMatchObject({ ref: '12717250', facts: { lat: 54.03005, capacity: 158, openingHours: '24/7' } })
      expect(readings).toMatchObject([
        {
          ref: zone?.ref,
          value: { kind: 'free', count: 15 },
          capacity: 158,
          closed: false,
          at: Date.parse('2025-06-24T13:54:45+02:00'),
        },
      ])
      expect(rows.filter((row) => 'rejected' in row)).toHaveLength(1)
    })
  })

  it('of a guidance system in RSS, which ParkAPI v1 was made from', async () => {
    await withProfile({ format: 'parkapi', supply: 'motorcycle' }, async (profile) => {
      const { readings } = await readLivePath(real('parkapi/v1-zuerich.xml'), { profile })
      expect(readings).toHaveLength(37)
      expect(readings[0]).toMatchObject({
        ref: 'central',
        value: { kind: 'free', count: 28 },
        closed: false,
        at: Date.parse('2015-06-22T12:43:50Z'),
      })
    })
  })

  it.each([
    ['aachen', 17, 0, 0, 'P1', 412, '2025-02-07T19:05:34Z', 'EPSG:4326'],
    ['stuttgart', 49, 10, 3, '12717289', 245, '2022-02-11T14:16:01+01:00', 'EPSG:25832'],
    ['friedrichshafen-sensors', 55, 0, 0, 'PH19', 0, '2025-07-18T06:41:01Z', 'EPSG:4326'],
    ['vrs_bondorf', 1, 0, 0, '1035', 215, '2025-05-09T21:41:58+02:00', 'EPSG:4326'],
  ])(
    'of DATEX II in %s: %i sites, %i of them without spaces and %i readings without a time, whose statuses meet their table',
    async (city, sites, none, unset, ref, free, time, crs) => {
      const table = real(`datex2/${city}-static.xml`)
      const status = real(`datex2/${city}-realtime.xml`)
      const cars = await readPath(table)
      expect(cars.zones).toEqual([])
      expect(cars.leftOut).toHaveLength(sites)
      await withProfile({ format: 'datex2', supply: 'motorcycle', crs }, async (profile) => {
        const { zones } = await readPath(table, { profile })
        const refs = new Set(zones.map((zone) => zone.ref))
        expect(zones).toHaveLength(sites - none)
        for (const { facts } of zones) expect(Math.abs(facts.lat - 49) + Math.abs(facts.lng - 8)).toBeLessThan(5)
        const { readings, rows } = await readLivePath(status, { profile })
        // Sensors with clocks in 1970.
        expect(rows.filter((row) => 'rejected' in row)).toHaveLength(unset)
        expect(readings.find((reading) => reading.ref === ref)).toMatchObject({
          value: { kind: 'free', count: free },
          at: Date.parse(time),
        })
        const known = readings.filter((reading) => refs.has(reading.ref))
        expect(known.length).toBeGreaterThan((sites - none) * 0.8)
      })
    },
  )

  it('of New Taipei: a cell without a sensor is unknown, and a road’s cells are one zone', async () => {
    const file = real('taiwan/new-taipei-roadside-motorcycle-cells.json')
    const { readings } = await readLivePath(file)
    expect(readings.map(({ value }) => value)).toEqual([null, null, null, null, null])
    const cells = JSON.parse(await readFile(file, 'utf8')) as Record<string, string>[]
    const [cell] = cells
    const row = ['1', '2', '2'].map((parkingstatus, i) => ({
      ...cell,
      id: `${151_148 + i}`,
      latitude: String(25.027248 + i / 1e5),
      parkingstatus,
    }))
    const here = JSON.stringify(row)
    expect((await readLiveContent('cells.json', here)).readings).toMatchObject([
      { ref: 'KH0/151148', value: { kind: 'free', count: 2 }, capacity: 3 },
    ])
    const dead = JSON.stringify([...row.slice(0, 2), { ...row[2], parkingstatus: '3' }])
    expect((await readLiveContent('cells.json', dead)).readings).toMatchObject([{ ref: 'KH0/151148', value: null }])
  })

  it('of GeoJSON: the values that the profile names, in its time zone', async () => {
    const live = {
      free: 'obs_free',
      capacity: 'obs_max',
      at: 'obs_ts',
      closed: { from: 'obs_state', words: { 0: true, 1: false } },
    }
    const profile = { format: 'geojson', ref: 'obs_parkid', timeZone: 'Europe/Berlin', live }
    await withProfile(profile, async (named) => {
      const { readings } = await readLivePath(real('parkapi/freiburg.json'), { profile: named })
      expect(readings).toHaveLength(19)
      expect(readings[0]).toEqual({
        ref: '13',
        value: { kind: 'free', count: 56 },
        vehicle: 'motorcycle',
        capacity: 105,
        closed: false,
        at: Date.parse('2024-06-10T10:20:00+02:00'),
      })
    })
    await expect(readLivePath(real('parkapi/freiburg.json'))).rejects.toThrow(/has no live figures of its own.*"live"/)
  })
})

/** Written by hand from the published data dictionaries, because there are no sample files. */
describe('a live response made from its specification', () => {
  it('of Hong Kong: A counts, B flags, C is closed, -1 is no data', async () => {
    const vacancy = (park_Id: string, vacancy_type: string, figure: number): object => ({
      park_Id,
      motorCycle: [{ vacancy_type, vacancy: figure, lastupdate: '2026-11-20 20:15:00' }],
    })
    const results = [
      vacancy('10', 'A', 7),
      vacancy('11', 'A', 0),
      vacancy('12', 'A', -1),
      vacancy('13', 'B', 1),
      vacancy('14', 'B', 0),
      vacancy('15', 'B', -1),
      vacancy('16', 'C', 0),
      { park_Id: '17', privateCar: [{ vacancy_type: 'A', vacancy: 90 }] },
    ]
    const { readings, rows } = await readLiveContent('vacancy.json', JSON.stringify({ results }))
    expect(readings.map(({ ref, value, closed }) => [ref, value, closed])).toEqual([
      ['10', { kind: 'free', count: 7 }, null],
      ['11', { kind: 'free', count: 0 }, null],
      ['12', null, null],
      ['13', { kind: 'flag', available: true }, null],
      ['14', { kind: 'flag', available: false }, null],
      ['15', null, null],
      ['16', null, true],
    ])
    expect(readings[0]?.at).toBe(Date.parse('2026-11-20T20:15:00+08:00'))
    expect(rows.filter((row) => 'leftOut' in row)).toHaveLength(1)
  })

  it('of Hong Kong’s Transport Department, in another format', async () => {
    const service_category = [{ category: 'HOURLY', vacancy_type: 'A', vacancy: 4, lastupdate: '2026-11-20 20:15:00' }]
    const car_park = [{ park_id: '9', vehicle_type: [{ type: 'P' }, { type: 'M', service_category }] }]
    const { readings } = await readLiveContent('vacancy.json', JSON.stringify({ car_park }))
    expect(readings).toMatchObject([{ ref: '9', value: { kind: 'free', count: 4 } }])
  })

  it('of Singapore: lot type Y; a full page is incomplete', async () => {
    const lot = (i: number, LotType: string): object => ({
      CarParkID: `K${i}`,
      Area: 'Marina',
      Development: 'Suntec City',
      Location: '1.29375 103.85718',
      AvailableLots: i,
      LotType,
      Agency: 'LTA',
    })
    const answer = (count: number): string => {
      const value = Array.from({ length: count }, (_, i) => lot(i, i % 2 === 0 ? 'Y' : 'C'))
      return JSON.stringify({ 'odata.metadata': 'x', value })
    }
    const few = await readLiveContent('lots.json', answer(4))
    expect(few.readings).toMatchObject([
      { ref: 'K0', value: { kind: 'free', count: 0 }, at: null, capacity: null },
      { ref: 'K2', value: { kind: 'free', count: 2 } },
    ])
    expect(few.rows.at(-1)).toMatchObject({ end: { complete: true } })
    const page = await readLiveContent('lots.json', answer(500))
    expect(page.rows.at(-1)).toMatchObject({ end: { complete: false, note: expect.stringContaining('500 rows') } })
  })

  it('of FIWARE in each of its three ways', async () => {
    const short = {
      id: 'urn:ngsi-ld:OnStreetParking:1',
      type: 'OnStreetParking',
      allowedVehicleType: ['motorcycle', 'moped'],
      availableSpotNumber: 3,
      totalSpotNumber: 8,
      location: { type: 'Point', coordinates: [-3.8, 43.46] },
      observationDateTime: '2026-11-20T12:00:00Z',
    }
    const attribute = (value: unknown): object => ({ type: 'Number', value, metadata: {} })
    const normalized = {
      ...short,
      allowedVehicleType: attribute(short.allowedVehicleType),
      availableSpotNumber: attribute(3),
      totalSpotNumber: attribute(8),
      location: { type: 'geo:json', value: short.location },
      observationDateTime: attribute(short.observationDateTime),
    }
    const linked = {
      ...normalized,
      '@context': ['https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context.jsonld'],
      type: 'https://uri.fiware.org/ns/data-models#OnStreetParking',
      observationDateTime: undefined,
      availableSpotNumber: { type: 'Property', value: 3, observedAt: '2026-11-20T12:00:00Z' },
    }
    for (const entity of [short, normalized, linked]) {
      const text = JSON.stringify([entity])
      const { readings } = await readLiveContent('entities.json', text)
      expect(readings).toMatchObject([
        { ref: short.id, value: { kind: 'free', count: 3 }, capacity: 8, at: Date.parse('2026-11-20T12:00:00Z') },
      ])
      const { zones } = await withFile('entities.json', text, readPath)
      expect(zones).toMatchObject([
        { ref: short.id, facts: { lat: 43.46, capacity: 8, vehicles: { motorcycle: 'yes', moped: 'yes' } } },
      ])
    }
  })

  it('of DATEX II: the groups of spaces that are for motorcycles', async () => {
    const spaces = (index: number, count: number, type: string): string =>
      `<groupOfParkingSpaces groupIndex="${index}"><groupOfParkingSpaces><parkingNumberOfSpaces>${count}</parkingNumberOfSpaces><onlyAssignedParking><vehicleCharacteristics><vehicleType>${type}</vehicleType></vehicleCharacteristics></onlyAssignedParking></groupOfParkingSpaces></groupOfParkingSpaces>`
    const free = (index: number, count: number): string =>
      `<groupOfParkingSpacesStatus groupIndex="${index}"><groupOfParkingSpacesStatus><parkingNumberOfVacantSpaces>${count}</parkingNumberOfVacantSpaces></groupOfParkingSpacesStatus></groupOfParkingSpacesStatus>`
    const model = (records: string): string =>
      `<d2:payload xmlns:d2="http://datex2.eu/schema/3/d2Payload" xmlns="http://datex2.eu/schema/3/parking"><publicationTime>2026-11-20T12:00:00Z</publicationTime>${records}</d2:payload>`
    const table = model(
      `<parkingRecord id="A"><parkingName><values><value>A &amp; B</value></values></parkingName><parkingNumberOfSpaces>300</parkingNumberOfSpaces><parkingLocation><latitude>50.7</latitude><longitude>6.1</longitude></parkingLocation>${spaces(1, 280, 'car')}${spaces(2, 20, 'motorcycle')}</parkingRecord>`,
    )
    const status = model(
      `<parkingRecordStatus><parkingRecordReference id="A"/><parkingOccupancy><parkingNumberOfVacantSpaces>84</parkingNumberOfVacantSpaces></parkingOccupancy>${free(1, 80)}${free(2, 4)}</parkingRecordStatus>`,
    )
    const { zones } = await withFile('table.xml', table, readPath)
    expect(zones).toMatchObject([{ ref: 'A/2', facts: { name: 'A & B', capacity: 20 } }])
    const { readings } = await readLiveContent('status.xml', status)
    expect(readings.find(({ ref }) => ref === 'A/2')).toMatchObject({
      value: { kind: 'free', count: 4 },
      at: Date.parse('2026-11-20T12:00:00Z'),
    })
  })
})
