import {
  AreaBodySchema,
  NearbyBodySchema,
  paths,
  PlanBodySchema,
  ZoneSchema,
  type RulesBody,
} from '@kickstand/contract'
import { everyVehicle } from '@kickstand/domain'
import { forEachEngine } from '@kickstand/testkit/engines'
import type { SeededZone } from '@kickstand/testkit/seed-zones'
import { describe, expect, it } from 'vitest'
import { expectProblem } from './support/expect-problem.ts'
import { expectShape } from './support/expect-shape.ts'
import { useService } from './support/use-service.ts'

// The clock stands at Wednesday 4 March 2026, 12:00 UTC: 13:00 in Madrid.
const MADRID = { lat: 40.4168, lng: -3.7038 }
const HERE = `lat=${MADRID.lat}&lng=${MADRID.lng}&radius=5000`
const vehicles = { ...everyVehicle('unknown'), motorcycle: 'yes', moped: 'no' } as const

const ZONES: SeededZone[] = (
  [
    { id: 'plain0001', access: 'public' },
    { id: 'feeday001', fee: 'paid', feeConditional: 'no @ (24/7); yes @ (Mo-Fr 09:00-18:30)' },
    { id: 'cleaning1', fee: 'free', accessConditional: 'no @ (We 12:00-15:00)' },
    { id: 'openday01', openingHours: 'Mo-Fr 08:00-20:00', covered: true },
    { id: 'shutday01', openingHours: 'Mo-Fr 18:00-08:00', covered: false },
    { id: 'brokenhrs', openingHours: 'Mo-Fr 09:00-1300 & 14:00-18:00' },
    { id: 'signmadr1', signText: 'LABORABLES DE LUNES A VIERNES DE 8 A 20 H.' },
    { id: 'signwords', signText: 'EXCEPTO LOS DÍAS DE MERCADO' },
    { id: 'residents', access: 'permit', fee: 'paid', feeConditional: 'no @ (residents)' },
    { id: 'shortstay', maxStay: 7200, maxStayConditional: '30 min @ (Mo-Fr 09:00-18:00)' },
  ] satisfies SeededZone[]
).map((zone, i) => ({ ...MADRID, vehicles, ...zone, lat: MADRID.lat + i / 10_000 }))

forEachEngine((engine) => {
  const at = useService(engine, { zones: ZONES })

  async function rulesOf(id: string, query = ''): Promise<RulesBody> {
    const zone = expectShape(ZoneSchema, await (await at().get(`${paths.zone(id)}${query}`)).json())
    if (zone.rules === undefined) throw new Error('the response has no rules')
    return zone.rules
  }

  async function nearby(filters: string): Promise<string[]> {
    const answer = await at().get(`${paths.nearby()}?${HERE}&${filters}`)
    return expectShape(NearbyBodySchema, await answer.json()).zones.map(({ id }) => id)
  }

  describe('the rules of a place', () => {
    it('are in its local time', async () => {
      expect(await rulesOf('plain0001')).toEqual({
        mayPark: 'yes',
        reasons: [{ code: 'vehicle-yes', until: null }],
        fee: { state: 'unknown', until: null },
        hours: { state: 'unknown', until: null },
        validUntil: null,
        timeZone: null,
        maxStay: null,
      })
      // 18:30 in Madrid is 17:30 UTC.
      expect((await rulesOf('feeday001')).timeZone).toBe('Europe/Madrid')
      expect((await rulesOf('feeday001')).fee).toEqual({ state: 'paid', until: '2026-03-04T17:30:00.000Z' })
      const evening = await rulesOf('feeday001', '?at=2026-03-04T18:00:00Z')
      expect(evening.fee).toEqual({ state: 'free', until: '2026-03-05T08:00:00.000Z' })
      const cleaning = await rulesOf('cleaning1')
      expect(cleaning.mayPark).toBe('no')
      expect(cleaning.reasons).toContainEqual({ code: 'not-at-this-time', until: '2026-03-04T14:00:00.000Z' })
      expect(await rulesOf('openday01')).toMatchObject({
        mayPark: 'yes',
        hours: { state: 'open', until: '2026-03-04T19:00:00.000Z' },
      })
      expect(await rulesOf('shutday01')).toMatchObject({ mayPark: 'no', hours: { state: 'closed' } })
      expect((await rulesOf('shortstay')).maxStay).toBe(1800)
      expect((await rulesOf('shortstay', '?at=2026-03-04T20:00:00Z')).maxStay).toBe(7200)
    })

    it('are unknown if they cannot be interpreted', async () => {
      expect(await rulesOf('brokenhrs')).toMatchObject({ mayPark: 'unknown', hours: { state: 'unknown', until: null } })
      expect(await rulesOf('signwords')).toMatchObject({ mayPark: 'unknown' })
      const sign = await rulesOf('signmadr1')
      expect(sign.mayPark).toBe('yes')
      expect(sign.reasons).toContainEqual({ code: 'reserved', until: '2026-03-04T19:00:00.000Z' })
    })

    it('are those of the requested vehicle and permits', async () => {
      expect((await rulesOf('plain0001', '?vehicle=moped')).mayPark).toBe('no')
      expect((await rulesOf('plain0001', '?vehicle=heavy')).mayPark).toBe('unknown')
      expect(await rulesOf('residents')).toMatchObject({ mayPark: 'no', fee: { state: 'paid' } })
      const resident = await rulesOf('residents', '?permits=customer,permit')
      expect(resident).toMatchObject({ mayPark: 'yes', fee: { state: 'free' } })
    })

    it('change on time, and differ between now and a requested time', async () => {
      expect((await rulesOf('feeday001')).fee.state).toBe('paid')
      expect((await rulesOf('feeday001', '?at=2026-03-04T17:29:59Z')).fee.state).toBe('paid')
      expect((await rulesOf('feeday001', '?at=2026-03-04T17:30:00Z')).fee.state).toBe('free')
      expect((await rulesOf('feeday001')).fee.state).toBe('paid')
    })

    it('are part of lists and plans only if a vehicle is named', async () => {
      const ask = async (path: string): Promise<unknown> => (await at().get(path)).json()
      const box = 'bbox=-4,40,-3,41'
      for (const [query, hasRules] of [
        ['', false],
        ['&vehicle=motorcycle', true],
      ] as const) {
        const near = expectShape(NearbyBodySchema, await ask(`${paths.nearby()}?${HERE}${query}`))
        const area = expectShape(AreaBodySchema, await ask(`${paths.zones()}?${box}${query}`))
        for (const zone of [...near.zones, ...area.zones]) expect(zone.rules !== undefined, zone.id).toBe(hasRules)
        const plan = expectShape(PlanBodySchema, await ask(`${paths.plan()}?${HERE}&limit=5${query}`))
        for (const { zone } of plan.stops) {
          expect(zone.rules !== undefined).toBe(hasRules)
          if (hasRules) expect(zone.rules?.mayPark).not.toBe('no')
        }
        expect(plan.stops.length).toBeGreaterThan(0)
      }
    })

    it('are returned in their original text as well', async () => {
      const zone = expectShape(ZoneSchema, await (await at().get(paths.zone('feeday001'))).json())
      expect(zone.feeConditional).toBe('no @ (24/7); yes @ (Mo-Fr 09:00-18:30)')
      const plain = expectShape(ZoneSchema, await (await at().get(paths.zone('plain0001'))).json())
      expect(plain).not.toHaveProperty('feeConditional')
    })
  })

  describe('filters', () => {
    it.each([
      ['free=free', ['cleaning1']],
      ['free=yes', ['cleaning1']],
      ['free=paid', ['feeday001', 'residents']],
      ['free=free&at=2026-03-04T18:00:00Z', ['feeday001', 'cleaning1']],
      ['free=yes&permits=permit', ['cleaning1', 'residents']],
      ['open=yes', ['openday01']],
      ['open=no', ['shutday01']],
      ['open=no&at=2026-03-04T18:00:00Z', []],
      ['open=yes,no', ['openday01', 'shutday01']],
      ['open=yes&open=no', ['openday01', 'shutday01']],
      ['covered=true', ['openday01']],
      ['covered=yes', ['openday01']],
      ['covered=false', ['shutday01']],
      ['vehicle=moped', []],
      ['mayPark=no', ['cleaning1', 'shutday01', 'residents']],
      ['mayPark=no&permits=permit', ['cleaning1', 'shutday01']],
      ['mayPark=unknown', ['brokenhrs', 'signwords']],
      ['vehicle=heavy&mayPark=yes', []],
      ['likelyFree=yes', []],
      ['free=paid&open=yes', []],
    ])('%s matches the right zones', async (filters, ids) => {
      expect(await nearby(filters)).toEqual(ids)
    })

    it('unknown is a separate value', async () => {
      const all = ZONES.map(({ id }) => id)
      expect(await nearby('covered=yes,unknown')).toEqual(all.filter((id) => id !== 'shutday01'))
      expect(await nearby('covered=yes,no,unknown')).toEqual(all)
      // Closed zones are not free, whatever else is unknown.
      expect(await nearby('likelyFree=unknown')).toEqual(all.filter((id) => id !== 'shutday01'))
    })

    it('are the same for nearby, area and tiles', async () => {
      for (const filters of ['free=free', 'open=yes,no', 'covered=unknown&mayPark=yes']) {
        const area = await (await at().get(`${paths.zones()}?bbox=-4,40,-3,41&${filters}`)).json()
        const ids = expectShape(AreaBodySchema, area).zones.map(({ id }) => id)
        expect(ids).toEqual((await nearby(filters)).toSorted())
        const tile = await at().get(`${paths.zoneTile(0, 0, 0)}?${filters}`)
        expect(tile.status).toBe(200)
      }
      const whole = await (await at().get(paths.zoneTile(0, 0, 0))).arrayBuffer()
      const part = await (await at().get(`${paths.zoneTile(0, 0, 0)}?free=free`)).arrayBuffer()
      expect(Buffer.from(part).equals(Buffer.from(whole))).toBe(false)
    })

    it('stay with the next page', async () => {
      const answer = await at().get(`${paths.zones()}?bbox=-4,40,-3,41&limit=1&open=yes&open=no`)
      const next = /^<([^>]+)>/.exec(answer.headers.get('link') ?? '')?.[1] ?? ''
      const page = expectShape(AreaBodySchema, await (await at().get(next)).json())
      expect(page.zones.map(({ id }) => id)).toEqual(['shutday01'])
    })

    it.each(['covered=perhaps', 'covered=', 'free=yes,,no', 'open=maybe', 'permits=king', 'surface=lava', 'roof=yes'])(
      '%s is rejected by name, everywhere',
      async (filter) => {
        for (const path of [`${paths.nearby()}?${HERE}`, `${paths.zones()}?bbox=0,0,1,1`, `${paths.plan()}?${HERE}`]) {
          const problem = await expectProblem(await at().get(`${path}&${filter}`), 400, 'invalid-request')
          const pointers = problem.errors?.map(({ pointer }) => pointer) ?? []
          expect(new Set(pointers)).toEqual(new Set([`?${filter.split('=')[0]}`]))
        }
        await expectProblem(await at().get(`${paths.zoneTile(0, 0, 0)}?${filter}`), 400, 'invalid-request')
      },
    )
  })
})
