import { readFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import { DomainError } from '@kickstand/domain'
import { sharedData } from '@kickstand/testkit'
import { forEachEngine } from '@kickstand/testkit/engines'
import {
  ARCGIS_PROFILE,
  arcGis,
  hongKong,
  OPENDATASOFT_PROFILE,
  opendatasoft,
  singapore,
} from '@kickstand/testkit/made-feeds'
import { readContent, readLiveContent, withFile } from '@kickstand/testkit/read-files'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Importer, openImporter } from './importer.ts'
import { SPOILS } from './spoil.ts'

const WHO = { id: 'city', name: 'City', licence: 'x', attribution: 'x', trust: 'official' }

/** A real file for each adapter, if there is one, with its profile: a name or an object. */
type Fed = readonly [name: string, content: string | (() => string), profile: string | object | null]

const FED: readonly Fed[] = [
  ['osm.pbf', 'osm/monaco-2025-11-08.osm.pbf', null],
  ['overpass.json', 'osm/sf-downtown-2023-07-22.motorcycle.overpass.json', null],
  ['madrid.kml', 'city/madrid-reservas-moto.kml', 'madrid'],
  ['sf-unmetered.json', 'city/sf-unmetered-motorcycle.socrata.json', 'sf-unmetered'],
  ['sf-metered.json', 'city/sf-metered-motorcycle.socrata.json', 'sf-metered'],
  ['esslingen.geojson', 'city/esslingen-epsg25832.geojson', 'esslingen'],
  ['vitoria.json', 'city/vitoria-gasteiz-motos.json', 'vitoria'],
  ['taipei.json', 'city/taipei-parking-alldesc.json', 'taipei'],
  ['new-taipei.json', 'importer/taiwan/new-taipei-roadside-motorcycle-cells.json', 'new-taipei'],
  ['fiware.json', 'importer/fiware/OnStreetParking.json', null],
  ['parkapi.json', 'importer/parkapi/v3-parking-site-list.json', { format: 'parkapi', supply: 'motorcycle' }],
  ['guidance.xml', 'importer/parkapi/v1-zuerich.xml', null],
  ['apds.json', 'importer/apds/sample-places.json', { format: 'apds', supply: 'motorcycle' }],
  [
    'aachen.xml',
    'importer/datex2/aachen-static.xml',
    { format: 'datex2', supply: 'motorcycle', area: [5.9, 50.6, 6.3, 51] },
  ],
  [
    'stuttgart.xml',
    'importer/datex2/stuttgart-static.xml',
    { format: 'datex2', supply: 'motorcycle', crs: 'EPSG:25832' },
  ],
  ['opendatasoft.json', opendatasoft, OPENDATASOFT_PROFILE],
  ['arcgis.json', arcGis, ARCGIS_PROFILE],
  ['hong-kong.json', hongKong, null],
  ['singapore.json', singapore, null],
]

/** Faults that do not apply: OSM has no columns; some samples have fewer than five rows, or no positions. */
const NOT_SWAPPED = ['osm.pbf', 'overpass.json', 'fiware.json', 'parkapi.json', 'guidance.xml', 'apds.json']

type Placed = { readonly lat: number; readonly lng: number }

function isCapacity(value: number | null): boolean {
  return value === null || (Number.isInteger(value) && value > 0 && value <= 5000)
}

/** Whether a zone is half a degree or more from where it was. */
function isFar({ lat, lng }: Placed, was: Placed | undefined): boolean {
  return was !== undefined && !(Math.abs(lat - was.lat) + Math.abs(lng - was.lng) < 0.5)
}

function contentOf(content: Fed[1]): Promise<Buffer | null> {
  if (typeof content === 'function') return Promise.resolve(Buffer.from(content()))
  const file = sharedData(content)
  return file === null ? Promise.resolve(null) : readFile(file)
}

forEachEngine((engine) => {
  describe('an adapter', () => {
    let importer: Importer
    beforeEach(async () => {
      importer = await openImporter(engine)
    })
    afterEach(async () => {
      await importer.close()
    })

    it.each(FED)(
      '%s: any fault of its file ends in a report and removes no zone',
      { timeout: 120_000 },
      async (name, from, profile) => {
        const good = await contentOf(from)
        if (good === null) return
        await withFile(
          'profile.json',
          JSON.stringify({ ...WHO, ...(typeof profile === 'object' ? profile : {}) }),
          async (file) => {
            const options = { profile: typeof profile === 'object' && profile !== null ? file : profile }
            await importer.text(name, good, options)
            const before = new Map((await importer.zones()).map((zone) => [zone.id, zone]))

            for (const [what, spoil] of Object.entries(SPOILS)) {
              const bad = spoil(good, name)
              if (bad === null) continue
              try {
                const report = await importer.text(name, bad, options)
                expect(report.retired, what).toBe(0)
                if (what.includes('swapped') && !NOT_SWAPPED.includes(name))
                  expect(report.rejected, what).toBeGreaterThan(0)
              } catch (error) {
                // The only permitted exception is a one-line error about the file.
                if (!(error instanceof DomainError)) throw new Error(`${name} ${what}`, { cause: error })
                expect(['unreadable-file', 'incomplete-file', 'snapshot-rejected'], what).toContain(error.code)
              }
              const after = new Map((await importer.zones()).map((zone) => [zone.id, zone]))
              const lost = [...before.keys()].filter((id) => after.get(id)?.status !== 'active')
              expect(lost, what).toEqual([])
              const zones = [...after.values()]
              expect(
                zones.filter(({ capacity }) => !isCapacity(capacity)),
                what,
              ).toEqual([])
              expect(
                zones.filter((zone) => isFar(zone, before.get(zone.id))),
                what,
              ).toEqual([])
            }

            await importer.text(name, good, options)
            const again = (await importer.zones()).filter(({ id }) => before.has(id))
            expect(again.map((zone) => ({ ...zone, updated_at: 0 }))).toEqual(
              [...before.values()].map((zone) => ({ ...zone, updated_at: 0 })),
            )
          },
        )
      },
    )
  })
})

const LIVE: readonly Fed[] = [
  ['taipei.json', 'importer/taiwan/taipei-allavailable-shape.json', null],
  ['new-taipei.json', 'importer/taiwan/new-taipei-roadside-motorcycle-cells.json', null],
  ['fiware.json', 'importer/fiware/OnStreetParking.json', null],
  ['parkapi.json', 'importer/parkapi/v3-parking-site-list.json', { format: 'parkapi', supply: 'motorcycle' }],
  ['guidance.xml', 'importer/parkapi/v1-zuerich.xml', { format: 'parkapi', supply: 'motorcycle' }],
  ['aachen.xml', 'importer/datex2/aachen-realtime.xml', null],
  ['stuttgart.xml', 'importer/datex2/stuttgart-realtime.xml', null],
  ['singapore.json', singapore, null],
]

describe('a live adapter', () => {
  it.each(LIVE)(
    '%s: any fault of its response ends in rows, and no value is a sentinel',
    async (name, from, profile) => {
      const good = await contentOf(from)
      if (good === null) return
      await withFile(
        'profile.json',
        JSON.stringify({ ...WHO, ...(typeof profile === 'object' ? profile : {}) }),
        async (file) => {
          const options = { profile: typeof profile === 'object' && profile !== null ? file : profile }
          for (const [what, spoil] of Object.entries(SPOILS)) {
            const bad = spoil(good, name)
            if (bad === null) continue
            try {
              const { readings, rows } = await readLiveContent(name, bad, options)
              const ends = rows.filter((row) => 'end' in row)
              expect(ends, what).toHaveLength(1)
              if (what.startsWith('cut')) expect(ends[0], what).toMatchObject({ end: { complete: false } })
              for (const { value } of readings) {
                if (value?.kind !== 'free' && value?.kind !== 'occupied') continue
                expect(Number.isInteger(value.count) && value.count >= 0 && value.count < 9999, what).toBe(true)
              }
            } catch (error) {
              if (!(error instanceof DomainError)) throw new Error(`${name} ${what}`, { cause: error })
              expect(['unreadable-file', 'incomplete-file', 'unknown-profile'], what).toContain(error.code)
            }
          }
        },
      )
    },
  )
})

describe('an endless stream', () => {
  it.each([
    ['long.csv', `id,lat,lng\n${rowsOf((i) => `${i},43.${i + 1000},7.1`, '\n')}`],
    ['long.json', `[${rowsOf((i) => JSON.stringify({ id: i, lat: 43 + i / 1e5, lng: 7.1 }), ',')}]`],
    [
      'long.kml',
      `<kml>${rowsOf((i) => `<Placemark id="${i}"><Point><coordinates>7.1,43.${i + 1000}</coordinates></Point></Placemark>`, '')}</kml>`,
    ],
  ])('%s is read up to the size limit and counts as incomplete', async (name, content) => {
    for (const bytes of [Buffer.from(content), gzipSync(content)]) {
      const { zones, end } = await readContent(name, bytes, { maxBytes: 30_000 })
      expect(end).toMatchObject({ complete: false, note: expect.stringMatching(/over its limit of 30000 bytes/) })
      expect(zones.length).toBeGreaterThan(100)
      expect(zones.length).toBeLessThan(1999)
    }
  })
})

function rowsOf(row: (i: number) => string, between: string): string {
  return Array.from({ length: 2000 }, (_, i) => row(i)).join(between)
}
