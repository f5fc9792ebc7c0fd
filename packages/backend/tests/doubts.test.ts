import { ForecastSchema, NearbyBodySchema, paths, ZoneSchema, type AvailabilityBody } from '@kickstand/contract'
import { forEachEngine } from '@kickstand/testkit/engines'
import { expect, it } from 'vitest'
import { expectShape } from './support/expect-shape.ts'
import { openStream } from './support/open-stream.ts'
import { useService } from './support/use-service.ts'

const MINUTE = 60_000
const CALM = { id: 'calm000001', capacity: 10 }
const TORN = { id: 'torn000001', capacity: 10, lat: 37.7937 }
const OVER = { id: 'over000001', capacity: 10, lat: 37.7938 }
const IDS = [CALM.id, TORN.id, OVER.id]

type Doubts = Readonly<Record<string, readonly [disagree: boolean, capacity: boolean]>>
type Told = { readonly id: string; readonly availability: AvailabilityBody }

const doubtsOf = (zones: readonly Told[]): Doubts =>
  Object.fromEntries(
    zones.map(({ id, availability }) => [id, [availability.reportsDisagree, availability.capacityDoubted]]),
  )

forEachEngine((engine) => {
  const running = useService(engine, { zones: [CALM, TORN, OVER] })
  let sent = 0

  async function report(zoneId: string, body: object): Promise<void> {
    sent += 1
    const headers = { authorization: `Bearer device-secret-of-rider-number-${sent}` }
    expect((await running().post(paths.reports(), { zoneId, ...body }, headers)).status).toBe(201)
    running().clock.advance(MINUTE)
  }
  async function json(path: string, headers = {}): Promise<unknown> {
    const answer = await running().get(path, headers)
    expect(answer.status, path).toBe(200)
    return answer.json()
  }
  const zone = async (id: string): Promise<Told> => expectShape(ZoneSchema, await json(paths.zone(id)))

  it('are in every answer: disagreeing reports, and more bikes counted than the capacity', async () => {
    for (let i = 0; i < 16; i += 1) {
      await report(CALM.id, { kind: 'count', count: 4 })
      await report(TORN.id, i % 2 === 0 ? { kind: 'level', level: 'full' } : { kind: 'count', count: 0 })
    }
    await report(OVER.id, { kind: 'count', count: 14 })
    expect(doubtsOf([await zone(OVER.id)]), 'one rider may be wrong').toEqual({ [OVER.id]: [false, false] })
    await report(OVER.id, { kind: 'count', count: 13 })

    const expected: Doubts = { [CALM.id]: [false, false], [TORN.id]: [true, false], [OVER.id]: [false, true] }
    const near = `${paths.nearby()}?lat=37.7936&lng=-122.3958`
    expect(doubtsOf(expectShape(NearbyBodySchema, await json(near)).zones)).toEqual(expected)
    expect(doubtsOf(await Promise.all(IDS.map(zone)))).toEqual(expected)
    const area = (await json(`${paths.zones()}?bbox=-123,37,-122,38`)) as { zones: Told[] }
    expect(doubtsOf(area.zones)).toEqual(expected)
    const { features } = (await json(near, { accept: 'application/geo+json' })) as {
      features: { id: string; properties: { availability: AvailabilityBody } }[]
    }
    expect(doubtsOf(features.map(({ id, properties }) => ({ id, ...properties })))).toEqual(expected)
    for (const id of IDS) {
      const received = expectShape(ForecastSchema, await json(paths.zoneForecast(id)))
      expect([received.reportsDisagree, received.capacityDoubted]).toEqual(expected[id])
    }
    const { board } = running().service.context
    const cell = board.cell(board.row(TORN.id) ?? -1)
    const stream = await openStream(
      `${running().url}${paths.live()}?cells=13/${cell % 2 ** 13}/${Math.floor(cell / 2 ** 13)}`,
    )
    const { data } = await stream.next(({ event }) => event === 'availability')
    stream.close()
    expect(doubtsOf((data as { zones: Told[] }).zones)).toEqual(expected)
  })

  it('never show more free spaces than the capacity', async () => {
    for (let i = 0; i < 12; i += 1) await report(OVER.id, { kind: 'count', count: 0 })
    const { availability } = await zone(OVER.id)
    expect(availability.capacityDoubted).toBe(true)
    expect(availability.freeHigh).toBeLessThanOrEqual(OVER.capacity)
    expect(availability.expectedFree).toBeLessThanOrEqual(OVER.capacity)
  })

  it('end when the reports that caused them are undone', async () => {
    running().clock.advance(8 * 24 * 60 * MINUTE)
    expect((await zone(TORN.id)).availability.reportsDisagree).toBe(false)
  })
})
