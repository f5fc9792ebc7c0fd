import {
  OgcCollectionSchema,
  OgcCollectionsSchema,
  OgcConformanceSchema,
  OgcFeatureSchema,
  OgcItemsSchema,
  OgcLandingSchema,
  paths,
  type LinkBody,
  type OgcItemsBody,
} from '@kickstand/contract'
import { aSource, seededRandom } from '@kickstand/testkit'
import { forEachEngine } from '@kickstand/testkit/engines'
import { seedZones } from '@kickstand/testkit/seed-zones'
import type { TSchema } from 'typebox'
import { beforeAll, describe, expect, it } from 'vitest'
import { expectProblem, pointers } from '../support/expect-problem.ts'
import { expectShape } from '../support/expect-shape.ts'
import { scatteredZones, type PlacedZone } from '../support/scattered-zones.ts'
import { useService } from '../support/use-service.ts'

// The abstract tests of OGC 17-069r4, annex A, for the classes Core and GeoJSON.

const CORE = 'http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core'
const GEOJSON = 'http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson'
const CRS84 = 'http://www.opengis.net/def/crs/OGC/1.3/CRS84'

forEachEngine((engine) => {
  const zones = scatteredZones(seededRandom(11), 700)
  const at = useService(engine, { zones })
  beforeAll(async () => {
    const { eventLog, tail } = at().service.context
    const osm = aSource({
      id: 'osm',
      licence: 'ODbL-1.0',
      licenceUrl: 'https://opendatacommons.org/licenses/odbl/1-0/',
    })
    await seedZones(eventLog, [{ id: 'zzzzodbl1', lat: 10, lng: 10 }], osm)
    await tail.catchUp()
  })
  const all = (): string[] => [...zones.map(({ id }) => id), 'zzzzodbl1'].toSorted()

  async function read<T extends TSchema>(schema: T, path: string, type = 'application/json') {
    const answer = await at().get(path)
    expect(answer.status, path).toBe(200)
    expect(answer.headers.get('content-type'), path).toContain(type)
    expect(answer.headers.get('access-control-allow-origin'), path).toBe('*')
    expect(answer.headers.get('etag'), path).toMatch(/^W\/"/)
    return expectShape(schema, await answer.json())
  }
  const items = (query = ''): Promise<OgcItemsBody> =>
    read(OgcItemsSchema, `${paths.ogcItems()}${query}`, 'application/geo+json')

  /** Follows the links of each relation; each must work and have the stated type. */
  async function follow(links: readonly LinkBody[], rels: readonly string[]): Promise<void> {
    for (const rel of rels) {
      const link = links.find((one) => one.rel === rel)
      expect(link?.href, rel).toMatch(/^\//)
      const answer = await at().get(link?.href ?? '')
      expect(answer.status, rel).toBe(200)
      expect(answer.headers.get('content-type'), rel).toContain(link?.type)
      await answer.text()
    }
  }

  /** All pages from a URL on, by their `next` links. */
  async function walk(path: string): Promise<{ ids: string[]; matched: number[] }> {
    const ids: string[] = []
    const matched: number[] = []
    for (let next: string | undefined = path; next !== undefined;) {
      const body = (await (await at().get(next)).json()) as OgcItemsBody
      expect(body.numberReturned).toBe(body.features.length)
      ids.push(...body.features.map(({ id }) => id))
      matched.push(body.numberMatched)
      next = body.links.find(({ rel }) => rel === 'next')?.href
    }
    return { ids, matched }
  }

  describe('the resources', () => {
    it('the landing page links to the API description, the conformance and the collections', async () => {
      const { links } = await read(OgcLandingSchema, paths.ogc())
      expect(links.every(({ type, title }) => type !== undefined && title !== undefined)).toBe(true)
      await follow(links, ['self', 'service-desc', 'service-doc', 'conformance', 'data'])
      await read(OgcLandingSchema, `${paths.ogc()}/`)
    })

    it('conformance names the classes that these tests check', async () => {
      const { conformsTo } = await read(OgcConformanceSchema, paths.ogcConformance())
      expect(conformsTo).toEqual([CORE, GEOJSON])
    })

    it('the list of collections equals each collection, with terms, extent and a link to its items', async () => {
      const { links, collections } = await read(OgcCollectionsSchema, paths.ogcCollections())
      await follow(links, ['self'])
      expect(collections.map(({ id }) => id)).toEqual(['zones'])
      const alone = await read(OgcCollectionSchema, paths.ogcZones())
      expect(collections).toEqual([alone])
      expect(alone.crs).toContain(CRS84)
      expect(alone.extent.spatial).toEqual({ bbox: [[-180, -90, 180, 90]], crs: CRS84 })
      expect(alone.links.filter(({ rel }) => rel === 'license').map(({ title }) => title)).toEqual(['ODbL-1.0'])
      await follow(alone.links, ['self', 'items', 'alternate'])
    })

    it('the API description names all routes', async () => {
      const document = (await (await at().get(paths.openapi())).json()) as { paths: Record<string, unknown> }
      const named = [paths.ogc(), paths.ogcConformance(), paths.ogcCollections(), paths.ogcZones(), paths.ogcItems()]
      const more = [paths.ogcItem('{id}'), paths.zonesCsv(), paths.zoneChanges()]
      for (const path of [...named, ...more]) expect(Object.keys(document.paths)).toContain(path)
    })

    it('unknown resources are a 404', async () => {
      await expectProblem(await at().get(`${paths.ogcCollections()}/bicycles`), 404, 'not-found')
      await expectProblem(await at().get(`${paths.ogcCollections()}/bicycles/items`), 404, 'not-found')
      await expectProblem(await at().get(paths.ogcItem('nosuchzone')), 404, 'zone-not-found')
      await expectProblem(await at().get(paths.ogcItem('No-Zone')), 404, 'zone-not-found')
      await expectProblem(await at().get('/ogc/nothing', { accept: 'text/html' }), 404, 'not-found')
    })
  })

  describe('items', () => {
    it('are GeoJSON in CRS84 with links, counts, a time and the sources in the response', async () => {
      const answer = await at().get(`${paths.ogcItems()}?limit=3`)
      expect(answer.headers.get('content-crs')).toBe(`<${CRS84}>`)
      const body = expectShape(OgcItemsSchema, await answer.json())
      expect(answer.headers.get('link')).toContain(body.links.find(({ rel }) => rel === 'next')?.href)
      expect(body).toMatchObject({ numberMatched: 701, numberReturned: 3 })
      expect(Date.parse(body.timeStamp)).toBe(at().clock.now())
      expect(body.attribution.map(({ source }) => source)).toEqual(['test-city'])
      await follow(body.links, ['self', 'next', 'collection'])
      await follow((await items()).links, ['alternate'])
      const [first] = body.features
      const place = zones.find(({ id }) => id === first?.id)
      expect(first?.geometry.coordinates).toEqual([place?.lng, place?.lat])
      const odbl = await items('?bbox=9.9,9.9,10.1,10.1')
      const row = odbl.features.find(({ id }) => id === 'zzzzodbl1')
      expect(row?.properties.licences).toEqual(['ODbL-1.0'])
      expect(odbl.attribution.map(({ licence }) => licence)).toContain('ODbL-1.0')
    })

    it('all pages together contain each zone once, for any page size', async () => {
      for (const limit of [37, 350, 701]) {
        const { ids, matched } = await walk(`${paths.ogcItems()}?limit=${limit}`)
        expect(ids).toEqual(all())
        expect(new Set(matched)).toEqual(new Set([701]))
      }
    })

    it('a page has at most the requested size and at most the maximum; a larger limit is no error', async () => {
      expect((await items()).numberReturned).toBe(100)
      expect((await items('?limit=1')).features).toHaveLength(1)
      expect((await items('?limit=10000')).features).toHaveLength(701)
    })

    it('a single zone is the same feature, with links', async () => {
      const body = await read(OgcFeatureSchema, paths.ogcItem('zzzzodbl1'), 'application/geo+json')
      const { links, attribution, ...feature } = body
      expect((await items('?bbox=9.9,9.9,10.1,10.1')).features).toContainEqual(feature)
      expect(attribution.map(({ licence }) => licence)).toEqual(['ODbL-1.0'])
      await follow(links, ['self', 'collection', 'alternate'])
    })
  })

  describe('parameters', () => {
    const inBox = (holds: (zone: PlacedZone) => boolean): string[] =>
      zones
        .filter(holds)
        .map(({ id }) => id)
        .toSorted()

    it('bbox selects zones within it, edges included, across the antimeridian and with heights', async () => {
      const west = inBox(({ lng, lat }) => lng >= 170 && lat >= -30 && lat <= 0)
      const over = inBox(({ lng, lat }) => (lng >= 170 || lng <= -170) && lat >= -30 && lat <= 0)
      expect(over.length).toBeGreaterThan(west.length)
      for (const [bbox, expected] of [
        ['170,-30,180,0', west],
        ['170,-30,-170,0', over],
        ['170,-30,0,-170,0,100', over],
      ] as const) {
        const { ids, matched } = await walk(`${paths.ogcItems()}?limit=50&bbox=${bbox}`)
        expect(ids).toEqual(expected)
        expect(matched[0]).toBe(expected.length)
      }
    })

    it('datetime is validated; every zone matches, because zones have no time', async () => {
      for (const datetime of [
        '2026-06-01T00:00:00Z',
        '2026-06-01T00:00:00Z/2026-06-02T00:00:00%2B02:00',
        '../2026-06-01T00:00:00Z',
        '2026-06-01T00:00:00.5Z/',
        '/2026-06-01T00:00:00Z',
      ]) {
        expect((await items(`?datetime=${datetime}`)).numberMatched, datetime).toBe(701)
      }
    })

    it('properties filter, alone, combined, and with an area', async () => {
      const free = inBox(({ fee }) => fee === 'free')
      const both = inBox(({ fee, covered, lng }) => fee === 'paid' && covered === true && lng >= 0)
      expect((await walk(`${paths.ogcItems()}?limit=50&fee=free`)).ids).toEqual(free)
      expect((await walk(`${paths.ogcItems()}?fee=paid&covered=true&bbox=0,-90,180,90`)).ids).toEqual(both)
      const sidecar = await walk(`${paths.ogcItems()}?limit=500&vehicle=sidecar`)
      expect(sidecar.ids.filter((id) => !id.startsWith('zzzz'))).toEqual(
        inBox(({ vehicles }) => vehicles?.sidecar !== 'no'),
      )
    })

    it('invalid values are rejected with the name of the parameter', async () => {
      for (const [query, pointer] of [
        ['bbox=1,2,3', '?bbox'],
        ['bbox=a,b,c,d', '?bbox'],
        ['bbox=0,10,1,0', '?bbox'],
        ['bbox=0,0,0,1,1,x', '?bbox'],
        ['bbox=', '?bbox'],
        ['limit=0', '?limit'],
        ['limit=-1', '?limit'],
        ['limit=many', '?limit'],
        ['datetime=yesterday', '?datetime'],
        ['datetime=../..', '?datetime'],
        ['datetime=2026-13-01T00:00:00Z', '?datetime'],
        ['cursor=x', '?cursor'],
        ['fee=cheap', '?fee'],
        ['colour=blue', '?colour'],
      ] as const) {
        const problem = await expectProblem(await at().get(`${paths.ogcItems()}?${query}`), 400, 'invalid-request')
        expect(pointers(problem), query).toContain(pointer)
      }
      await expectProblem(await at().get(`${paths.ogc()}?colour=blue`), 400, 'invalid-request')
      await expectProblem(await at().get(`${paths.ogcItem('zzzzodbl1')}?colour=blue`), 400, 'invalid-request')
    })
  })

  it('a response is not sent again to a client that has it, until a zone changes', async () => {
    const path = `${paths.ogcItems()}?limit=2`
    const answer = await at().get(path)
    expect(answer.headers.get('cache-control')).toMatch(/^public, max-age=30, s-maxage=60, stale-while-revalidate=/)
    const tag = { 'if-none-match': answer.headers.get('etag') ?? '' }
    expect((await at().get(path, tag)).status).toBe(304)
    const [changed] = zones
    if (changed === undefined) throw new Error('there are no zones')
    await seedZones(at().service.context.eventLog, [changed])
    expect((await at().get(path, tag)).status).toBe(200)
  })
})
