import { PAGE_FIGURES_PATH, paths, type FiguresBody } from '@kickstand/contract'
import { forEachEngine } from '@kickstand/testkit/engines'
import { beforeAll, describe, expect, it } from 'vitest'
import { measureGauges } from '#features/monitoring/measure-gauges.ts'
import { quantile } from '#features/monitoring/read-figures.ts'
import { pruneFigures, storeFigures } from '#features/monitoring/store-figures.ts'
import { createMinuteFigures } from '#platform/minute-figures.ts'
import { aSignedInAccount } from './support/people.ts'
import { useService } from './support/use-service.ts'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

forEachEngine((engine) => {
  const at = useService(engine, { zones: [{ id: 'zone000001', lat: 48.1, lng: 11.5, capacity: 20 }] })
  let cookie = ''
  beforeAll(async () => {
    ;({ cookie } = await aSignedInAccount(at(), { roles: ['admin'] }))
  })
  const store = (server: string, figures = at().service.context.figures) =>
    storeFigures({ ...at().service.context, clock: at().clock.now, figures, server })
  async function read(query: Readonly<Record<string, string>> = {}): Promise<FiguresBody['figures']> {
    const now = at().clock.now()
    const range = { from: iso(now - 60 * MINUTE_MS), to: iso(now + MINUTE_MS), ...query }
    const response = await at().get(`${paths.monitoringFigures()}?${new URLSearchParams(range).toString()}`, { cookie })
    expect(response.status).toBe(200)
    return ((await response.json()) as FiguresBody).figures
  }

  describe('the figures of a minute', () => {
    it('have the requests of all servers, with their latency and failures', async () => {
      at().service.context.figures.take()
      await at().get(`${paths.nearby()}?lat=48.1&lng=11.5`)
      await at().get(`${paths.nearby()}?lat=900&lng=11.5`)
      await store('server-1')
      const other = createMinuteFigures()
      other.countRequest('nearby', 503, 400)
      await store('server-2', other)
      const [nearby] = (await read({ kind: 'requests' })).filter(({ label }) => label === 'nearby')
      expect(nearby).toMatchObject({ count: 3, failures: 1, rejections: 1, max: 400, p95: 500 })
    })

    it('are added up over longer steps', async () => {
      const at1 = at().clock.now()
      for (let i = 0; i < 3; i += 1) {
        const figures = createMinuteFigures()
        figures.countRequest('plan', 200, 20)
        await store('server-1', figures)
        at().clock.advance(MINUTE_MS)
      }
      const range = { from: iso(at1), to: iso(at1 + 3 * MINUTE_MS) }
      expect((await read(range)).filter(({ label }) => label === 'plan')).toHaveLength(3)
      const hours = (await read({ ...range, stepMinutes: '1440' })).filter(({ label }) => label === 'plan')
      expect(hours.reduce((sum, { count }) => sum + count, 0)).toBe(3)
    })

    it('have what the pages send, without identity and within bounds', async () => {
      const body = { app: 'rider', errors: 2, vitals: { lcp: 1_800, inp: 40 } }
      expect((await at().post(PAGE_FIGURES_PATH, body)).status).toBe(204)
      expect((await at().post(PAGE_FIGURES_PATH, { ...body, errors: 1e6 })).status).toBe(400)
      expect((await at().post(PAGE_FIGURES_PATH, { ...body, vitals: { lcp: -1 } })).status).toBe(400)
      expect((await at().post(PAGE_FIGURES_PATH, { ...body, user: 'me' })).status).toBe(400)
      await store('server-1')
      const page = await read({ kind: 'page' })
      expect(page.find(({ label }) => label === 'rider-errors')).toMatchObject({ count: 2, failures: 2 })
      expect(page.find(({ label }) => label === 'rider-lcp')).toMatchObject({ count: 1, max: 1_800 })
    })

    it('have the age of what is served, and the space on an own disk', async () => {
      await measureGauges({ ...at().service.context, clock: at().clock.now, tailLagSeconds: () => 0.2 })
      await store('server-1')
      const labels = (await read({ kind: 'gauge' })).map(({ label }) => label)
      expect(labels).toContain('tail-lag-seconds')
      expect(labels.includes('disk-free-bytes')).toBe(engine.name === 'sqlite')
    })

    it('go after 14 days', async () => {
      const { db } = at().service.context
      await pruneFigures(db, at().clock.now() + 15 * DAY_MS)
      expect(await read({ from: iso(at().clock.now() - 20 * MINUTE_MS) })).toEqual([])
    })

    it('are not for everybody, and not for every range', async () => {
      const now = at().clock.now()
      const ask = async (from: number, to: number, headers = { cookie }): Promise<number> =>
        (await at().get(`${paths.monitoringFigures()}?from=${iso(from)}&to=${iso(to)}`, headers)).status
      expect(await ask(now - MINUTE_MS, now, { cookie: '' })).toBe(401)
      expect(await ask(now, now - MINUTE_MS)).toBe(400)
      expect(await ask(now - 30 * DAY_MS, now)).toBe(400)
    })
  })
})

describe('a quantile', () => {
  it('is the upper bound of its latency class, and unknown above all classes or without figures', () => {
    expect(quantile([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], 0.95)).toBeNull()
    expect(quantile([90, 10, 0, 0, 0, 0, 0, 0, 0, 0, 0], 0.9)).toBe(5)
    expect(quantile([90, 10, 0, 0, 0, 0, 0, 0, 0, 0, 0], 0.95)).toBe(10)
    expect(quantile([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9], 0.95)).toBeNull()
  })
})

function iso(time: number): string {
  return new Date(time).toISOString()
}
