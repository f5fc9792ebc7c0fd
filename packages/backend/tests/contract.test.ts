import {
  AppConfigSchema,
  AreaBodySchema,
  NearbyBodySchema,
  paths,
  ReportCreatedSchema,
  ReportsBodySchema,
  SourcesBodySchema,
  ZoneSchema,
} from '@kickstand/contract'
import { everyVehicle } from '@kickstand/domain'
import { forEachEngine } from '@kickstand/testkit/engines'
import type { SeededZone } from '@kickstand/testkit/seed-zones'
import { describe, expect, it } from 'vitest'
import { expectProblem } from './support/expect-problem.ts'
import { expectShape } from './support/expect-shape.ts'
import { useService } from './support/use-service.ts'

/** One zone with all facts, one with none, one whose texts need escaping. */
const ZONES: readonly SeededZone[] = [
  {
    id: 'allknown1',
    outline: {
      type: 'Polygon',
      coordinates: [
        [
          [-122.396, 37.793],
          [-122.395, 37.793],
          [-122.395, 37.794],
          [-122.396, 37.793],
        ],
      ],
    },
    capacity: 12,
    capacityEstimated: true,
    kind: 'garage',
    vehicles: everyVehicle('yes'),
    access: 'customers',
    fee: 'paid',
    feeNote: '$1.50 an hour',
    covered: true,
    lit: false,
    surveillance: true,
    anchors: false,
    surface: 'asphalt',
    operator: 'SFMTA',
    openingHours: 'Mo-Fr 03:00-18:00',
    signText: 'Motorcycles only',
    maxStay: 7200,
    charging: true,
  },
  {
    id: 'unknown01',
    name: null,
    capacity: null,
    kind: null,
    vehicles: everyVehicle('unknown'),
    lat: 37.7937,
  },
  { id: 'escaping1', name: 'Café "Zum Löwen" \\ 駐輪場 🏍\n2', lat: 37.7938, operator: 'Ōsaka' },
]
const WITHIN_REACH = 'lat=37.7936&lng=-122.3958'

forEachEngine((engine) => {
  const at = useService(engine, { zones: ZONES })

  async function json(path: string, headers: Record<string, string> = {}): Promise<unknown> {
    const answer = await at().get(path, headers)
    expect(answer.status, path).toBe(200)
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    return answer.json()
  }

  describe('responses match the contract', () => {
    it('a report made, its zone’s reports, and every read before and after it', async () => {
      const reads = async (): Promise<string[]> => {
        const nearby = expectShape(NearbyBodySchema, await json(`${paths.nearby()}?${WITHIN_REACH}`))
        const area = expectShape(AreaBodySchema, await json(`${paths.zones()}?bbox=-123,37,-122,38`))
        for (const { id } of ZONES) expectShape(ZoneSchema, await json(paths.zone(id)))
        expect(area.zones.map(({ id }) => id)).toEqual(['allknown1', 'escaping1', 'unknown01'])
        return nearby.zones.map(({ availability }) => availability.state)
      }
      expect(await reads()).toEqual(['unknown', 'unknown', 'unknown'])
      for (const [zoneId, count] of [
        ['allknown1', 3],
        ['unknown01', 0],
      ] as const) {
        const answer = await at().post(paths.reports(), { zoneId, kind: 'count', count })
        expect(answer.status).toBe(201)
        expectShape(ReportCreatedSchema, await answer.json())
      }
      expect(await reads()).toEqual(['plenty', 'plenty', 'unknown'])
      const reports = expectShape(ReportsBodySchema, await json(paths.zoneReports('allknown1')))
      expect(reports.reports.map(({ kind, count }) => [kind, count])).toEqual([['count', 3]])
      expect(JSON.stringify(reports)).not.toContain('rider')
    })

    it('sources and app config', async () => {
      const { sources } = expectShape(SourcesBodySchema, await json(paths.sources()))
      expect(sources.map(({ id, licence, zones }) => [id, licence, zones])).toEqual([['test-city', 'PDDL-1.0', 3]])
      const config = expectShape(AppConfigSchema, await json(paths.appConfig()))
      expect(config).toMatchObject({ demo: false, basemap: { kind: 'none' } })
    })

    it('health, readiness, errors', async () => {
      expect(await json(paths.healthz())).toEqual({ status: 'ok' })
      expect(await json(paths.readyz())).toMatchObject({ status: 'ready', checks: { database: 'ok' } })
      await expectProblem(await at().get('/v1/nothing'), 404, 'not-found')
      await expectProblem(await at().get('/nothing/here?x=1'), 404, 'not-found')
      await expectProblem(await at().get(paths.zone('0000000000000')), 404, 'zone-not-found')
      await expectProblem(await at().get(paths.zoneReports('0000000000000')), 404, 'zone-not-found')
    })
  })

  it('keeps texts of sources unchanged, and unknown as null', async () => {
    const escaping = expectShape(ZoneSchema, await json(paths.zone('escaping1')))
    expect([escaping.name, escaping.operator]).toEqual([ZONES[2]?.name, 'Ōsaka'])
    const { sources, ...known } = expectShape(ZoneSchema, await json(paths.zone('allknown1')))
    expect(known).toMatchObject({ ...ZONES[0], name: 'Market Street', status: 'active', simulated: false })
    expect(sources).toMatchObject([{ id: 'test-city', ref: 'node/allknown1', licence: 'PDDL-1.0', name: 'Test City' }])
    expect(await json(paths.zone('unknown01'))).toMatchObject({
      name: null,
      capacity: null,
      kind: null,
      fee: null,
      covered: null,
      lit: null,
      outline: null,
      vehicles: { motorcycle: 'unknown' },
    })
  })

  it('a list is GeoJSON on request, with the same zones', async () => {
    const answer = await at().get(`${paths.nearby()}?${WITHIN_REACH}`, { accept: 'application/geo+json' })
    expect(answer.headers.get('content-type')).toContain('application/geo+json')
    expect(answer.headers.get('vary')).toContain('accept')
    expect(await answer.json()).toMatchObject({
      type: 'FeatureCollection',
      features: [
        {
          type: 'Feature',
          id: 'allknown1',
          geometry: { type: 'Point', coordinates: [-122.3958, 37.7936] },
          properties: { capacity: 12, distance: 0 },
        },
        { id: 'unknown01' },
        { id: 'escaping1' },
      ],
    })
  })
})
