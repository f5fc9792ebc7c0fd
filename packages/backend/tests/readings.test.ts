import {
  paths,
  ReadingsTakenSchema,
  SourcesBodySchema,
  ZoneSchema,
  type ReadingsTakenBody,
  type ZoneBody,
} from '@kickstand/contract'
import { AN_ACTOR, aSource } from '@kickstand/testkit'
import { forEachEngine } from '@kickstand/testkit/engines'
import { startTestService } from '@kickstand/testkit/start-service'
import { describe, expect, it } from 'vitest'
import { createFeedKey, listFeedKeys } from '#features/tokens/feed-keys.ts'
import { revokeToken } from '#features/tokens/revoke-token.ts'
import { expectProblem } from './support/expect-problem.ts'
import { expectShape } from './support/expect-shape.ts'
import { useService } from './support/use-service.ts'

const MINUTE = 60_000
const FEED = aSource().id
const ZONES = Array.from({ length: 30 }, (_, i) => ({
  id: `zone0000${String(i).padStart(2, '0')}`,
  capacity: i === 9 ? null : 10,
  lat: 37.79 + i / 1_000,
}))
const refOf = (zone: number): string => `node/${ZONES[zone].id}`

type Sent = { ref?: string; zoneId?: string; kind: string; value?: number | string; at: string; capacity?: number }

forEachEngine((engine) => {
  const service = useService(engine, { zones: ZONES })
  const { now, advance } = { now: () => service().clock.now(), advance: (ms: number) => service().clock.advance(ms) }
  const at = (offset = 0): string => new Date(now() + offset).toISOString()

  async function newKey(feed = FEED): Promise<string> {
    const deps = { ...service().service.context.database, clock: now, actor: AN_ACTOR }
    return (await createFeedKey(deps, feed, 'test')).key
  }
  let key: string | undefined
  async function send(readings: readonly Sent[], headers: Record<string, string> = {}): Promise<Response> {
    key ??= await newKey()
    return service().post(paths.feedReadings(FEED), { readings }, { authorization: `Bearer ${key}`, ...headers })
  }
  async function take(readings: readonly Sent[], headers: Record<string, string> = {}): Promise<ReadingsTakenBody> {
    const answer = await send(readings, headers)
    expect(answer.status).toBe(200)
    return expectShape(ReadingsTakenSchema, await answer.json())
  }
  async function zone(i: number, url = service().url): Promise<ZoneBody> {
    return expectShape(ZoneSchema, await (await fetch(url + paths.zone(ZONES[i].id))).json())
  }

  describe('a batch of readings', () => {
    it('updates the estimates of its zones at once, with source sensor', async () => {
      const readings = [
        { ref: refOf(0), kind: 'count', value: 7, at: at(-2 * MINUTE) },
        { zoneId: ZONES[1].id, kind: 'free', value: 10, at: at() },
        { ref: refOf(2), kind: 'full', at: at() },
        { ref: refOf(3), kind: 'level', value: 'plenty', at: at() },
      ]
      expect(await take(readings)).toEqual({ taken: 4, repeated: 0, rejected: 0, errors: [] })
      const [seven, empty, full, plenty] = await Promise.all([zone(0), zone(1), zone(2), zone(3)])
      expect(seven.availability).toMatchObject({
        source: 'sensor',
        observedAt: at(-2 * MINUTE),
        ageSeconds: 120,
        reports: 0,
      })
      expect(seven.availability.expectedFree).toBeCloseTo(3, 0)
      expect(empty.availability.expectedFree).toBeGreaterThan(9)
      expect(full.availability.state).toBe('full')
      expect(plenty.availability.state).toBe('plenty')
    })

    it('counts once, whether it is sent again in full, in part, or with its key', async () => {
      const readings = [4, 5].map((i) => ({ ref: refOf(i), kind: 'count', value: 3, at: at() }))
      expect(await take(readings)).toMatchObject({ taken: 2, repeated: 0 })
      expect(await take([...readings, { ref: refOf(6), kind: 'count', value: 3, at: at() }])).toMatchObject({
        taken: 1,
        repeated: 2,
      })
      advance(MINUTE)
      const next = [{ ref: refOf(4), kind: 'count', value: 4, at: at() }]
      const first = await send(next, { 'idempotency-key': 'batch-1' })
      const again = await send(next, { 'idempotency-key': 'batch-1' })
      expect(await first.json()).toEqual(await again.json())
      expect([first, again].map((one) => one.headers.get('idempotency-replayed'))).toEqual([null, 'true'])
      const other = await send([{ ref: refOf(4), kind: 'count', value: 5, at: at() }], { 'idempotency-key': 'batch-1' })
      await expectProblem(other, 422, 'idempotency-mismatch')
    })

    it('is stored in part if some readings are invalid, with the reason for each', async () => {
      const body = await take([
        { ref: refOf(7), kind: 'count', value: 5, at: at() },
        { ref: refOf(7), kind: 'free', value: 11, at: at() },
        { ref: 'nowhere', kind: 'count', value: 1, at: at() },
        { ref: refOf(8), kind: 'count', value: -9, at: at() },
        { ref: refOf(8), kind: 'count', value: 1, at: at(5 * MINUTE) },
        { ref: refOf(8), kind: 'count', value: 1, at: at(-25 * 60 * MINUTE) },
        { kind: 'count', value: 1, at: at() },
        { ref: refOf(8), kind: 'level', value: 'heaps', at: at() },
      ])
      expect(body).toMatchObject({ taken: 1, repeated: 0, rejected: 7 })
      expect(body.errors.map(({ pointer }) => pointer).toSorted()).toEqual([
        '/readings/1/value',
        '/readings/2/ref',
        '/readings/3/value',
        '/readings/4/at',
        '/readings/5/at',
        '/readings/6',
        '/readings/7/value',
      ])
    })

    it('converts free spaces to a level if the capacity is unknown', async () => {
      await take([{ ref: refOf(9), kind: 'free', value: 0, at: at() }])
      expect((await zone(9)).availability).toMatchObject({ source: 'sensor', state: 'full', expectedFree: null })
    })

    it('marks the capacity as doubtful if more bikes are counted than there are spaces', async () => {
      await take([{ ref: refOf(10), kind: 'count', value: 13, at: at() }])
      const { availability } = await zone(10)
      expect(availability).toMatchObject({ source: 'sensor', state: 'full' })
      expect(availability.expectedFree).toBeLessThan(0.5)
    })

    it('updates a count by the bikes that entered and left through a gate at the same time', async () => {
      await take([{ ref: refOf(11), kind: 'count', value: 5, at: at() }])
      const before = (await zone(11)).availability.expectedFree ?? 0
      advance(MINUTE)
      const both = [
        { ref: refOf(11), kind: 'in', value: 4, at: at() },
        { ref: refOf(11), kind: 'out', value: 1, at: at() },
      ]
      expect(await take(both)).toMatchObject({ taken: 2 })
      expect(await take(both)).toMatchObject({ taken: 0, repeated: 2 })
      const after = (await zone(11)).availability.expectedFree ?? 0
      expect(before - after).toBeGreaterThan(2)
      expect(before - after).toBeLessThan(4)
    })

    it('refreshes the age of an unchanged value', async () => {
      for (let minute = 0; minute < 6; minute += 1) {
        await take([{ ref: refOf(12), kind: 'count', value: 6, at: at() }])
        advance(MINUTE)
      }
      expect((await zone(12)).availability).toMatchObject({ ageSeconds: 60, source: 'sensor' })
      const { db } = service().service.context.database
      const rows = await db.selectFrom('readings').select('id').where('zone_id', '=', ZONES[12].id).execute()
      expect(rows).toHaveLength(1)
    })

    it('is on every server, and bit-identical after a restart', async () => {
      const other = await startTestService({ url: service().database.url, clock: now })
      try {
        for (let i = 0; i < 5; i += 1) {
          advance(3 * MINUTE)
          const readings = ZONES.slice(13, 25).map(({ id }, j) => ({
            ref: `node/${id}`,
            kind: 'count',
            value: (i + j) % 9,
            at: at(),
          }))
          await take(readings)
        }
        await other.service.context.tail.catchUp()
        const restarted = await startTestService({ url: service().database.url, clock: now })
        const boards = [service().service, other.service, restarted.service].map(({ context }) => context.board)
        for (const { id } of ZONES) {
          const [a, b, c] = boards.map((board) => {
            const row = board.row(id) ?? -1
            return {
              bytes: Buffer.from(board.estimateBytes(row)).toString('hex'),
              told: board.availability(row, now()),
            }
          })
          expect(b).toEqual(a)
          expect(c).toEqual(a)
        }
        await restarted.stop()
      } finally {
        await other.stop()
      }
    })

    it('is rejected as a whole if its schema is wrong', async () => {
      await expectProblem(await send([]), 400, 'invalid-request')
      await expectProblem(await send([{ ref: 'a', kind: 'guess', value: 1, at: at() }]), 400, 'invalid-request')
      const many = Array.from({ length: 1001 }, () => ({ ref: refOf(0), kind: 'count', value: 1, at: at() }))
      await expectProblem(await send(many), 400, 'invalid-request')
      const body = { readings: [{ ref: refOf(0), kind: 'count', value: 1, at: 'noon' }] }
      const odd = await service().post(paths.feedReadings(FEED), body, { authorization: `Bearer ${key}` })
      await expectProblem(odd, 400, 'invalid-request')
    })
  })

  describe('the key of a feed', () => {
    const one = (): Sent[] => [{ ref: refOf(0), kind: 'count', value: 1, at: at() }]
    const sendWith = (authorization: string | null): Promise<Response> =>
      service().post(paths.feedReadings(FEED), { readings: one() }, authorization === null ? {} : { authorization })

    it('is required, and must belong to this feed', async () => {
      await expectProblem(await sendWith(null), 401, 'sign-in-required')
      await expectProblem(await sendWith('Bearer ks_feed_nonsense-that-nobody-made-for-us'), 401, 'sign-in-required')
      await expectProblem(await sendWith(`Bearer ${await newKey('another-feed')}`), 403, 'not-allowed')
    })

    it('is not stored, records its last use, and is invalid once revoked', async () => {
      const { db } = service().service.context.database
      const deps = { ...service().service.context.database, clock: now, actor: AN_ACTOR }
      const made = await createFeedKey(deps, FEED, 'gate 3')
      expect(made.key).toMatch(/^ks_live_[\w-]{43}_[0-9a-f]{8}$/)
      const stored = await db.selectFrom('tokens').selectAll().where('id', '=', made.id).executeTakeFirstOrThrow()
      expect(JSON.stringify(stored)).not.toContain(made.key)
      expect((await sendWith(`Bearer ${made.key}`)).status).toBe(200)
      const [listed] = (await listFeedKeys({ db }, FEED)).filter(({ id }) => id === made.id)
      expect(listed).toMatchObject({ label: 'gate 3', usedAt: now(), revokedAt: null })
      await revokeToken(deps, made.id)
      // What a server knows of a token is at most half a second old.
      await expect.poll(async () => (await sendWith(`Bearer ${made.key}`)).status, { timeout: 1_000 }).toBe(401)
      await expect(revokeToken(deps, made.id)).rejects.toMatchObject({
        code: 'token-not-found',
      })
    })
  })

  it('the health of a feed is part of its source', async () => {
    await take([
      { ref: refOf(26), kind: 'count', value: 5, at: at() },
      { ref: refOf(26), kind: 'count', value: -1, at: at() },
    ])
    const { sources } = expectShape(SourcesBodySchema, await (await service().get(paths.sources())).json())
    expect(sources[0].health).toMatchObject({
      static: null,
      live: { state: 'ok', succeededAt: at(), newestAt: at(), ageSeconds: 0, taken: 1, rejected: 1, impossible: 1 },
    })
    advance(2 * 60 * MINUTE)
    const later = expectShape(SourcesBodySchema, await (await service().get(paths.sources())).json())
    expect(later.sources[0].health?.live).toMatchObject({ state: 'stale', ageSeconds: 7200 })
  })
})
