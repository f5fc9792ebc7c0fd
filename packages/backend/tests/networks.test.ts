import { paths, ReportCreatedSchema, type AvailabilityBody } from '@kickstand/contract'
import { forEachEngine } from '@kickstand/testkit/engines'
import { expect, it } from 'vitest'
import { expectShape } from './support/expect-shape.ts'
import { useService } from './support/use-service.ts'

const ZONE = { id: 'zone000001', capacity: 12 }
const OTHER = { id: 'zone000002', capacity: 12 }
const ALIKE = { id: 'zone000003', capacity: 12 }
const DEVICES = 50
const CAFE = '203.0.113.'

forEachEngine((engine) => {
  const running = useService(engine, {
    zones: [ZONE, OTHER, ALIKE],
    env: { KICKSTAND_TRUSTED_PROXIES: '127.0.0.1' },
  })

  async function report(zoneId: string, device: string, address: string, content: object): Promise<AvailabilityBody> {
    const headers = { authorization: `Bearer device-secret-of-rider-${device}`, 'x-forwarded-for': address }
    const answer = await running().post(paths.reports(), { zoneId, ...content }, headers)
    expect(answer.status).toBe(201)
    return expectShape(ReportCreatedSchema, await answer.json()).availability
  }

  const full = { kind: 'level', level: 'full' }
  const count = { kind: 'count', count: 4 }

  it('change the estimate once, however many devices of one network report the same in an hour', async () => {
    const flooded: AvailabilityBody[] = []
    for (let i = 0; i < DEVICES; i += 1) {
      running().clock.advance(1_000)
      flooded.push(await report(ZONE.id, `flood-${i}`, `${CAFE}${i + 1}`, full))
    }
    expect(flooded[0]).toMatchObject({ reports: 1 })
    expect(flooded.at(-1)).toMatchObject({ reports: 1 })
    // The certainty depends only on the age of the report that counts.
    expect(flooded.at(-1)?.chance).toBeGreaterThanOrEqual(flooded[0].chance ?? Number.NaN)
    expect(await report(ZONE.id, 'elsewhere', '198.51.100.4', count)).toMatchObject({ reports: 2 })
  })

  it('count each report of a trusted rider', async () => {
    const { board } = running().service.context
    const riders = ['regular-1', 'regular-2', 'regular-3']
    const { db } = running().service.context.database
    for (const [i, rider] of riders.entries()) {
      await report(ALIKE.id, rider, `${CAFE}${i + 1}`, count)
    }
    const known = await db.selectFrom('reports').select('rider_id').where('zone_id', '=', ALIKE.id).execute()
    for (const { rider_id } of known) board.reporters.put(rider_id, 9, 1)
    let latest: AvailabilityBody | null = null
    for (const [i, rider] of riders.entries()) latest = await report(OTHER.id, rider, `${CAFE}${i + 1}`, count)
    expect(latest).toMatchObject({ reports: riders.length })
    // One unknown rider on the network counts in addition, a second does not.
    expect(await report(OTHER.id, 'stranger-1', `${CAFE}80`, count)).toMatchObject({ reports: 4 })
    expect(await report(OTHER.id, 'stranger-2', `${CAFE}81`, count)).toMatchObject({ reports: 4 })
  })

  it('are stored as a hash that is the same on all servers, never as an address', async () => {
    const { db } = running().service.context.database
    const rows = await db.selectFrom('reports').selectAll().execute()
    expect(rows.length).toBeGreaterThan(DEVICES)
    expect(new Set(rows.map(({ network }) => network)).size).toBe(2)
    expect(JSON.stringify(rows)).not.toContain('203.0.113')
    const events = await db.selectFrom('events').select('payload').execute()
    expect(JSON.stringify(events)).not.toContain('203.0.113')
  })
})

forEachEngine((engine) => {
  const running = useService(engine, { zones: [ZONE] })

  it('are not read from client headers if no proxy is trusted', async () => {
    const forged = { 'x-forwarded-for': '203.0.113.9' }
    await running().post(paths.reports(), { zoneId: ZONE.id, kind: 'count', count: 4 }, forged)
    const rows = await running().service.context.database.db.selectFrom('reports').select('network').execute()
    expect(rows).toEqual([{ network: null }])
  })
})
