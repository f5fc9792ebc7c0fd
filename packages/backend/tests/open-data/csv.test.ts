import { paths } from '@kickstand/contract'
import { aSource, seededRandom } from '@kickstand/testkit'
import { forEachEngine } from '@kickstand/testkit/engines'
import { seedZones } from '@kickstand/testkit/seed-zones'
import { parse } from 'csv-parse/sync'
import { beforeAll, expect, it } from 'vitest'
import { exportCsv } from '#features/open-data/export-csv.ts'
import { expectProblem } from '../support/expect-problem.ts'
import { scatteredZones } from '../support/scattered-zones.ts'
import { useService } from '../support/use-service.ts'

const ODBL = 'https://opendatacommons.org/licenses/odbl/1-0/'

forEachEngine((engine) => {
  const zones = scatteredZones(seededRandom(7), 2_500)
  const osm = aSource({ id: 'osm', licence: 'ODbL-1.0', licenceUrl: ODBL, attribution: '© OpenStreetMap contributors' })
  const at = useService(engine, { zones })
  beforeAll(async () => {
    const { eventLog, tail } = at().service.context
    await seedZones(eventLog, [{ id: 'odbl0001', name: '=HYPERLINK("http://x")', lat: 1, lng: 1 }], osm)
    await tail.catchUp()
  })

  async function rows(query = ''): Promise<Record<string, string>[]> {
    const answer = await at().get(paths.zonesCsv() + query)
    expect(answer.status).toBe(200)
    return parse(await answer.text(), { columns: true })
  }

  it('contains every zone in the order of ids, with sources, licences and attribution', async () => {
    const read = await rows()
    expect(read.map(({ id }) => id)).toEqual([...zones.map(({ id }) => id), 'odbl0001'].toSorted())
    const byId = new Map(read.map((row) => [row['id'], row]))
    expect(byId.get('odbl0001')).toMatchObject({
      name: '\'=HYPERLINK("http://x")',
      sources: 'osm node/odbl0001',
      licences: 'ODbL-1.0',
      attribution: '© OpenStreetMap contributors',
      'vehicles.motorcycle': 'yes',
    })
    expect(read.filter(({ licences }) => licences?.includes('ODbL'))).toHaveLength(1)
    for (const { id, lat, lng, capacity } of zones.slice(0, 200)) {
      const row = byId.get(id)
      expect([Number(row?.['lat']), Number(row?.['lng'])]).toEqual([lat, lng])
      expect(row?.['capacity']).toBe(capacity === null ? '' : String(capacity))
    }
  })

  it('contains the zones of an area, also across the antimeridian', async () => {
    const read = await rows('?bbox=170,-90,-170,90')
    const expected = zones.filter(({ lng }) => lng >= 170 || lng <= -170).map(({ id }) => id)
    expect(expected.length).toBeGreaterThan(100)
    expect(read.map(({ id }) => id)).toEqual(expected.toSorted())
    await expectProblem(await at().get(`${paths.zonesCsv()}?bbox=1,2,3`), 400, 'invalid-request')
  })

  it('has headers for caches, other origins and downloads', async () => {
    const answer = await at().get(paths.zonesCsv())
    await answer.text()
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present')
    expect(answer.headers.get('content-disposition')).toContain('.csv')
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    expect(answer.headers.get('link')).toContain(`<${ODBL}>; rel="license"`)
    expect(answer.headers.get('cache-control')).toMatch(/s-maxage=\d+, stale-while-revalidate=\d+/)
    const known = await at().get(paths.zonesCsv(), { 'if-none-match': answer.headers.get('etag') ?? '' })
    expect(known.status).toBe(304)
  })

  it('is generated while it is read', async () => {
    const { board, tail, database } = at().service.context
    const deps = { board, tail, db: database.db }
    const lines = exportCsv(deps, null, new Map())
    let longest = 0
    let read = 0
    for await (const chunk of lines) {
      longest = Math.max(longest, chunk.length)
      read += 1
    }
    expect(read).toBeGreaterThan(10)
    expect(longest).toBeLessThan(200_000)
  })
})
