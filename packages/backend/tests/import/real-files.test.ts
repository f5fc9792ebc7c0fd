import { readFile } from 'node:fs/promises'
import { sharedData } from '@kickstand/testkit'
import { forEachEngine } from '@kickstand/testkit/engines'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { distanceMetres } from './distance.ts'
import { type Importer, openImporter } from './importer.ts'

const there = (file: string): boolean => sharedData(file) !== null
const real = (file: string): string => sharedData(file) ?? ''

const SF_PBF = 'osm/sf-downtown-2023-07-22.osm.pbf'
const SF_OVERPASS = 'osm/sf-downtown-2023-07-22.motorcycle.overpass.json'
const MONACO_2023 = 'osm/monaco-2023-11-21.osm.pbf'
const MONACO_2025 = 'osm/monaco-2025-11-08.osm.pbf'
const MONACO_OVERPASS = 'osm/monaco-2025-11-08.motorcycle.overpass.json'
const MADRID = 'city/madrid-reservas-moto.kml'
const SF_METERED = 'city/sf-metered-motorcycle.socrata.json'
const TAIPEI = 'city/taipei-parking-alldesc.json'
const SF_CITY = 'city/sf-unmetered-motorcycle.socrata.json'

type Feature = {
  properties: { id: string; capacity?: number; name: string }
  geometry: { coordinates: [number, number] }
}

async function features(file: string): Promise<Feature[]> {
  const { features: found } = JSON.parse(await readFile(real(file), 'utf8')) as { features: Feature[] }
  return found
}

/** The positions of the meters, read by hand: latitude and longitude are the second and third of the last column. */
async function metersOf(file: string): Promise<{ lat: number; lng: number }[]> {
  const { data } = JSON.parse(await readFile(real(file), 'utf8')) as { data: unknown[][] }
  return data.map((row) => {
    const [, lat, lng] = row.at(-1) as [null, string, string]
    return { lat: Number(lat), lng: Number(lng) }
  })
}

/**
 * The streets in the city's rows, read independently of the importer: the ninth column is the reference, the eleventh
 * the street.
 */
async function streetsOf(file: string): Promise<Map<string, string>> {
  const { data } = JSON.parse(await readFile(real(file), 'utf8')) as { data: (string | null)[][] }
  return new Map(data.map((row) => [row[8] ?? '', row[10] ?? '']))
}

function plainName(text: string | null | undefined): string {
  return (text ?? '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim()
}

forEachEngine((engine) => {
  let importer: Importer
  beforeEach(async () => {
    importer = await openImporter(engine)
  })
  afterEach(async () => {
    await importer.close()
  })

  describe.skipIf(!there(SF_PBF))('OpenStreetMap', () => {
    it('finds 50 zones with 477 spaces in downtown San Francisco', async () => {
      const report = await importer.file(real(SF_PBF))
      expect(report).toMatchObject({ added: 50, updated: 0, unchanged: 0, rejected: 0, zones: 50, spaces: 477 })
      expect(report).toMatchObject({ source: 'osm', complete: true, format: 'OSM PBF', notes: [] })
      expect(await importer.zones()).toHaveLength(50)
      const source = await importer.database.db.selectFrom('sources').selectAll().executeTakeFirst()
      expect(source).toMatchObject({ id: 'osm', licence: 'ODbL-1.0', zones: 50, spaces: 477, simulated: 0 })
    })

    it('finds the same zones in the same place from Overpass JSON', async () => {
      await importer.file(real(SF_PBF))
      const before = await importer.dump()
      const report = await importer.file(real(SF_OVERPASS))
      expect(report).toMatchObject({ added: 0, updated: 0, unchanged: 50, missing: 0, zones: 50, spaces: 477 })
      expect(await importer.dump()).toBe(before)
    })

    it('changes nothing when the same file is imported again, and writes no event', async () => {
      await importer.file(real(SF_PBF))
      const [before, events] = [await importer.dump(), await importer.events()]
      const report = await importer.file(real(SF_PBF))
      expect(report).toMatchObject({ added: 0, updated: 0, unchanged: 50, missing: 0, retired: 0, rejected: 0 })
      expect(await importer.dump()).toBe(before)
      expect(await importer.events()).toBe(events)
    })

    it('follows Monaco from 2023 to 2025', async () => {
      const first = await importer.file(real(MONACO_2023))
      expect(first).toMatchObject({ added: 14, zones: 14 })
      const before = new Map((await importer.zones()).map((zone) => [zone.id, zone]))

      const second = await importer.file(real(MONACO_2025))
      const after = await importer.zones()
      const changed = after.filter((zone) => {
        const was = before.get(zone.id)
        return (
          was !== undefined && JSON.stringify({ ...was, updated_at: 0 }) !== JSON.stringify({ ...zone, updated_at: 0 })
        )
      })
      const elements = (
        JSON.parse(await readFile(real(MONACO_OVERPASS), 'utf8')) as { elements: { type: string; id: number }[] }
      ).elements.map(({ type, id }) => `${type}/${id}`)
      const origins = await importer.database.db.selectFrom('zone_sources').select(['ref', 'zone_id']).execute()
      const refsBefore = new Set(origins.filter((row) => before.has(row.zone_id)).map((row) => row.ref))

      expect(elements).toHaveLength(31)
      expect(new Set(origins.map((row) => row.ref))).toEqual(new Set(elements))
      expect(second).toMatchObject({ zones: 31, missing: 0, retired: 0, rejected: 0 })
      expect(second.added).toBe(elements.filter((ref) => !refsBefore.has(ref)).length)
      expect(second.added).toBe(17)
      expect(second.updated).toBe(changed.length)
      expect(second.unchanged).toBe(14 - changed.length)
    })

    it('rejects an extract older than the last one, and treats one that lost half as a broken snapshot', async () => {
      await importer.file(real(MONACO_2025))
      const before = await importer.dump()
      await expect(importer.file(real(MONACO_2023))).rejects.toThrow(/2025-.*2023-|2023-.*2025-/s)
      expect(await importer.dump()).toBe(before)
      const report = await importer.file(real(MONACO_2023), { allowOlder: true })
      expect(report).toMatchObject({ added: 0, missing: 0, retired: 0, zones: 14 })
      expect(report.notes.join(' ')).toMatch(/16 of 30 zones \(53 %\)/)
      expect((await importer.zones()).filter((zone) => zone.status === 'active')).toHaveLength(31)
    })

    it('applies an extract only to its own area', async () => {
      await importer.file(real(SF_PBF))
      const report = await importer.file(real(MONACO_2023))
      expect(report).toMatchObject({ added: 14, missing: 0, notes: [] })
      expect(await importer.file(real(SF_OVERPASS))).toMatchObject({ unchanged: 50, missing: 0, notes: [] })
    })

    it('writes nothing in a dry run', async () => {
      const report = await importer.file(real(SF_PBF), { dryRun: true })
      expect(report).toMatchObject({ added: 50, zones: 50, spaces: 477, dryRun: true })
      expect(await importer.zones()).toEqual([])
      expect(await importer.events()).toBe(0)
    })

    it('reads the complete part of a truncated extract, and removes nothing', async () => {
      await importer.file(real(SF_PBF))
      const bytes = await readFile(real(SF_PBF))
      const report = await importer.text('cut.osm.pbf', bytes.subarray(0, Math.floor(bytes.length * 0.95)))
      expect(report).toMatchObject({ complete: false, missing: 0, retired: 0 })
      expect(report.notes.join(' ')).toMatch(/truncated/)
    })
  })

  describe.skipIf(!there(MADRID))('Madrid', () => {
    it('has 1,196 zones with 13,020 spaces within 2 m of where they are', async () => {
      const report = await importer.file(real(MADRID), { profile: 'madrid' })
      expect(report).toMatchObject({ added: 1196, rejected: 0, zones: 1196, spaces: 13_020, format: 'KML' })
      const expected = new Map(
        (await features('city/madrid.normalized.geojson')).map((one) => [one.properties.id, one]),
      )
      const rows = await importer.database.db
        .selectFrom('zone_sources')
        .innerJoin('zones', 'zones.id', 'zone_sources.zone_id')
        .select(['ref', 'zones.lat', 'zones.lng', 'zones.capacity', 'sign_text'])
        .execute()
      const far = rows.filter(({ ref, lat, lng, capacity }) => {
        const one = expected.get(`madrid-${ref}`)
        if (one === undefined || one.properties.capacity !== capacity) return true
        const [lngThere, latThere] = one.geometry.coordinates
        return distanceMetres(lat, lng, latThere, lngThere) > 2
      })
      expect(far).toEqual([])
      expect(rows.filter((row) => row.sign_text !== null)).toHaveLength(962)
    })
  })

  describe.skipIf(!there(SF_CITY))('San Francisco’s own list', () => {
    it('has 144 zones with 653 spaces, one without a figure', async () => {
      const report = await importer.file(real(SF_CITY), { profile: 'sf-unmetered' })
      expect(report).toMatchObject({ added: 144, rejected: 0, warned: 0, zones: 144, spaces: 653 })
      const expected = await features('city/sf-unmetered.normalized.geojson')
      const rows = await importer.database.db
        .selectFrom('zone_sources')
        .innerJoin('zones', 'zones.id', 'zone_sources.zone_id')
        .select(['ref', 'zones.lat', 'zones.lng', 'zones.capacity', 'name', 'fee'])
        .execute()
      const byRef = new Map(rows.map((row) => [row.ref, row]))
      const streets = await streetsOf(SF_CITY)
      for (const { properties, geometry } of expected) {
        const row = byRef.get(properties.id.replace('sf-un-', ''))
        expect(row).toMatchObject({ capacity: properties.capacity ?? null, fee: 'free' })
        // The name holds the street and the location on it, which mostly is just the cross street.
        expect(row?.name).toContain(properties.name.replaceAll(/\s+/g, ' '))
        expect(plainName(row?.name)).toContain(plainName(streets.get(properties.id.replace('sf-un-', ''))))
        const [lng, lat] = geometry.coordinates
        expect(distanceMetres(row?.lat ?? 0, row?.lng ?? 0, lat, lng)).toBeLessThan(1)
      }
    })
  })
  describe.skipIf(!there(SF_METERED))('San Francisco’s meters', () => {
    it('are 235 blocks of 2,273 meters, each a line with a point on it, and the same in any order', async () => {
      const report = await importer.file(real(SF_METERED), { profile: 'sf-metered' })
      expect(report).toMatchObject({ added: 235, rejected: 0, leftOut: 0, zones: 235, spaces: 2273, format: 'Socrata' })
      const zones = await importer.zones()
      const meters = await metersOf(SF_METERED)
      for (const { lat, lng, outline, fee } of zones) {
        expect(fee).toBe('paid')
        expect(Math.min(...meters.map((meter) => distanceMetres(lat, lng, meter.lat, meter.lng)))).toBeLessThan(12)
        if (outline !== null) expect(JSON.parse(outline)).toMatchObject({ type: 'LineString' })
      }
      const before = await importer.dump()
      const file = JSON.parse(await readFile(real(SF_METERED), 'utf8')) as { data: unknown[] }
      const shuffled = JSON.stringify({ ...file, data: file.data.toReversed() })
      expect(await importer.text('meters.json', shuffled, { profile: 'sf-metered' })).toMatchObject({ unchanged: 235 })
      expect(await importer.dump()).toBe(before)
    })
  })

  describe.skipIf(!there(TAIPEI))('Taipei', () => {
    it('has 402 lots of 1,765 with motorcycle places, 90,638 of them for scooters', async () => {
      const report = await importer.file(real(TAIPEI))
      expect(report).toMatchObject({ added: 402, leftOut: 1363, rejected: 0, source: 'taipei', format: 'Taipei' })
      const zones = await importer.zones()
      const forScooters = zones.filter(({ vehicles }) => /"scooter":"yes"/.test(vehicles))
      expect(forScooters.reduce((sum, { capacity }) => sum + (capacity ?? 0), 0)).toBe(90_638)
      const heavyOnly = zones.filter(({ vehicles }) => !/"scooter":"yes"/.test(vehicles))
      expect(heavyOnly).toHaveLength(26)
      expect(heavyOnly.reduce((sum, { capacity }) => sum + (capacity ?? 0), 0)).toBe(54)
      const far = zones.filter(({ lat, lng }) => distanceMetres(lat, lng, 25.08, 121.55) > 20_000)
      expect(far).toEqual([])
    })
  })

  describe.skipIf(!there(MADRID))('Esslingen and Vitoria-Gasteiz', () => {
    it('Esslingen has 8 motorcycle polygons of 250', async () => {
      const report = await importer.file(real('city/esslingen-epsg25832.geojson'), { profile: 'esslingen' })
      expect(report).toMatchObject({ added: 8, rejected: 0, spaces: 35 })
      for (const { lat, lng, outline } of await importer.zones()) {
        expect(distanceMetres(lat, lng, 48.74, 9.31)).toBeLessThan(5000)
        expect(outline).not.toBeNull()
      }
    })

    it('Vitoria-Gasteiz has 97 bays whose spaces are estimates from their length', async () => {
      const file = 'city/vitoria-gasteiz-motos.json'
      const report = await importer.file(real(file), { profile: 'vitoria' })
      expect(report).toMatchObject({ added: 97, rejected: 0 })
      const zones = await importer.zones()
      const known = zones.filter(({ capacity }) => capacity !== null)
      // Two bays have no length, and one is a metre long.
      expect(known).toHaveLength(94)
      expect(known.every((zone) => zone.capacity_estimated === 1)).toBe(true)
      expect(zones.find(({ name }) => name === 'PORTAL DE LEGUTIANO 46')?.capacity).toBe(9)
      const again = await importer.file(real(file), { profile: 'vitoria' })
      expect(again).toMatchObject({ added: 0, unchanged: 97 })
    })
  })
})
