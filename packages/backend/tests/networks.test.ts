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

  async function report(zoneId: string, device: string, address: string, said: object): Promise<AvailabilityBody> {
    const headers = { authorization: `Bearer device-secret-of-rider-${device}`, 'x-forwarded-for': address }
    const answer = await running().post(paths.reports(), { zoneId, ...said }, headers)
    expect(answer.status).toBe(201)
    return expectShape(ReportCreatedSchema, await answer.json()).availability
  }

  const full = { kind: 'level', level: 'full' }
  const count = { kind: 'count', count: 4 }

  it('move the estimate once, however many devices of one network say the same in an hour', async () => {
    const flooded: AvailabilityBody[] = []
    for (let i = 0; i < DEVICES; i += 1) {
      running().clock.advance(1_000)
      flooded.push(await report(ZONE.id, `flood-${i}`, `${CAFE}${i + 1}`, full))
    }
    expect(flooded[0]).toMatchObject({ reports: 1 })
    expect(flooded.at(-1)).toMatchObject({ reports: 1 })
    // Only as much surer as the age of the one that counts lets it be.
    expect(flooded.at(-1)?.chance).toBeGreaterThanOrEqual(flooded[0].chance ?? Number.NaN)
    expect(await report(ZONE.id, 'elsewhere', '198.51.100.4', count)).toMatchObject({ reports: 2 })
  })

  it('count each where they are known to be honest', async () => {
    const { board } = running().service.context
    const riders = ['regular-1', 'regular-2', 'regular-3']
    const { db } = running().service.context.database
    for (const [i, rider] of riders.entries()) {
      await report(ALIKE.id, rider, `${CAFE}${i + 1}`, count)
    }
    const known = await db.selectFrom('reports').select('rider_id').where('zone_id', '=', ALIKE.id).execute()
    for (const { rider_id } of known) board.reporters.put(rider_id, 9, 1)
    let told: AvailabilityBody | null = null
    for (const [i, rider] of riders.entries()) told = await report(OTHER.id, rider, `${CAFE}${i + 1}`, count)
    expect(told).toMatchObject({ reports: riders.length })
    // A stranger at the next table counts once more, the one after him no more.
    expect(await report(OTHER.id, 'stranger-1', `${CAFE}80`, count)).toMatchObject({ reports: 4 })
    expect(await report(OTHER.id, 'stranger-2', `${CAFE}81`, count)).toMatchObject({ reports: 4 })
  })

  it('are kept as a hash, the same for all servers, and never as an address', async () => {
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

  it('are not known by what a client writes itself, where no proxy is trusted', async () => {
    const forged = { 'x-forwarded-for': '203.0.113.9' }
    await running().post(paths.reports(), { zoneId: ZONE.id, kind: 'count', count: 4 }, forged)
    const rows = await running().service.context.database.db.selectFrom('reports').select('network').execute()
    expect(rows).toEqual([{ network: null }])
  })
})
