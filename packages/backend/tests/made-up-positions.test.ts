import { paths, ReportCreatedSchema, ZoneSchema, type AvailabilityBody } from '@kickstand/contract'
import { forEachEngine } from '@kickstand/testkit/engines'
import { startTestService } from '@kickstand/testkit/start-service'
import { expect, it } from 'vitest'
import { expectShape } from './support/expect-shape.ts'
import { useService } from './support/use-service.ts'

const MINUTE = 60_000
const LNG = 10
const ZONES = Array.from({ length: 16 }, (_, i) => ({ id: `zone0000${i + 10}`, capacity: 12, lat: 40 + i, lng: LNG }))
const PROXIED = { KICKSTAND_TRUSTED_PROXIES: '127.0.0.1' }

forEachEngine((engine) => {
  const at = useService(engine, { zones: ZONES, env: PROXIED })
  let devices = 0

  /** A report by a new device, with a position at the zone. */
  async function reportFull(zone: { id: string; lat: number }, address: string): Promise<AvailabilityBody> {
    devices += 1
    const headers = { authorization: `Bearer secret-of-a-fresh-device-${devices}`, 'x-forwarded-for': address }
    const position = { lat: zone.lat, lng: LNG, accuracy: 10 }
    const body = { zoneId: zone.id, kind: 'level', level: 'full', position }
    const answer = await at().post(paths.reports(), body, headers)
    expect(answer.status).toBe(201)
    return expectShape(ReportCreatedSchema, await answer.json()).availability
  }

  async function countFull(zones: readonly { id: string }[], url = at().url): Promise<number> {
    const states = zones.map(async ({ id }) => {
      const zone = expectShape(ZoneSchema, await (await fetch(url + paths.zone(id))).json())
      return zone.availability.latest
    })
    return (await Promise.all(states)).filter((latest) => latest !== null).length
  }

  it('invented positions from one network affect at most ten zones in half an hour, also after a restart', async () => {
    // The first report of a zone is accepted from anybody, so each zone gets one first.
    for (const zone of ZONES) await reportFull(zone, `198.51.${zone.lat}.1`)
    at().clock.advance(40 * MINUTE)
    expect(await countFull(ZONES)).toBe(0)
    // The devices share a network and claim positions at thirteen zones.
    for (const zone of ZONES.slice(0, 13)) {
      expect((await reportFull(zone, `203.0.113.${zone.lat}`)).state).toBe('full')
    }
    expect(await countFull(ZONES)).toBe(10)
    const second = await startTestService({ url: at().database.url, clock: at().clock.now, env: PROXIED })
    try {
      expect(await countFull(ZONES, second.url)).toBe(10)
    } finally {
      await second.stop()
    }
    // Another network has its own ten, and this one has ten again later.
    for (const zone of ZONES.slice(13)) await reportFull(zone, `192.0.2.${zone.lat}`)
    expect(await countFull(ZONES)).toBe(13)
    at().clock.advance(61 * MINUTE)
    expect(await countFull(ZONES)).toBe(0)
    for (const zone of ZONES.slice(3, 13)) await reportFull(zone, `203.0.113.${zone.lat}`)
    expect(await countFull(ZONES)).toBe(10)
  })

  it('a bearer token that cannot be a secret is rejected instead of making a new rider', async () => {
    const body = { zoneId: ZONES[0].id, kind: 'level', level: 'full' }
    for (const authorization of ['Bearer short', 'Bearer', `Bearer ${'x'.repeat(200)}`]) {
      const answer = await at().post(paths.reports(), body, { authorization })
      expect([answer.status, answer.headers.get('set-cookie')]).toEqual([400, null])
      expect(await answer.json()).toMatchObject({
        code: 'invalid-request',
        errors: [{ pointer: 'header Authorization' }],
      })
    }
    // Another scheme may be meant for a proxy in front of this server.
    expect((await at().post(paths.reports(), body, { authorization: 'Basic dTpw' })).status).toBe(201)
  })
})
