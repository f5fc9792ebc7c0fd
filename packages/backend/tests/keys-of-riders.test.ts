import { AN_ACTOR } from '@kickstand/testkit'
import { paths } from '@kickstand/contract'
import { forEachEngine } from '@kickstand/testkit/engines'
import sharp from 'sharp'
import { expect, it } from 'vitest'
import { createFeedKey } from '#features/tokens/feed-keys.ts'
import { createReportBatcher } from '#features/reports/report-batcher.ts'
import { submitReport } from '#features/reports/submit-report.ts'
import { scopeKey } from '#http/idempotency/scoped-key.ts'
import { expectProblem, pointers } from './support/expect-problem.ts'
import { useService } from './support/use-service.ts'

const MINUTE = 60_000
const SPOT = { lat: 48.1, lng: 11.5 }
const ZONE = { id: 'zone000001', capacity: 20, ...SPOT }
const KEY = { 'idempotency-key': '1' }
const riders = (count: number): Record<string, string>[] =>
  Array.from({ length: count }, (_, n) => ({ authorization: `Bearer device-secret-of-rider-number-${n}` }))

type Answer = { readonly status: number; readonly replayed: string | null; readonly id: string }

forEachEngine((engine) => {
  const at = useService(engine, { zones: [ZONE] })

  async function photo(): Promise<Uint8Array<ArrayBuffer>> {
    const drawn = sharp({ create: { width: 64, height: 48, channels: 3, background: '#3a5' } })
    return new Uint8Array(await drawn.jpeg().toBuffer())
  }

  /** Every write that takes a key, with the same body for every rider. */
  const WRITES: Record<string, (headers: Record<string, string>) => Promise<Response>> = {
    'a report': (headers) => at().post(paths.reports(), { zoneId: ZONE.id, kind: 'count', count: 7 }, headers),
    'a contribution': (headers) =>
      at().post(paths.zoneContributions(ZONE.id), { field: 'covered', value: true }, headers),
    'a missing place': (headers) => at().post(paths.zones(), { lat: 40, lng: 11, note: 'mine' }, headers),
    'a photo': async (headers) =>
      fetch(at().url + paths.zonePhotos(ZONE.id), {
        method: 'POST',
        body: await photo(),
        headers: { 'content-type': 'image/jpeg', ...headers },
      }),
  }

  async function answerOf(response: Response): Promise<Answer> {
    const body = (await response.json()) as Partial<Record<'report' | 'photo', { id: string }>>
    const replayed = response.headers.get('idempotency-replayed')
    return { status: response.status, replayed, id: body.report?.id ?? body.photo?.id ?? '' }
  }

  it.each(Object.keys(WRITES))('the same key of %s is a different key for every rider', async (name) => {
    const write = WRITES[name]
    const who = riders(6).map((rider) => ({ ...rider, 'idempotency-key': name.replaceAll(' ', '-') }))
    // Sent concurrently, so that they share a commit; then each is repeated. Photos of one address are limited to two
    // at once.
    const atOnce = name === 'a photo' ? 1 : who.length
    const sendAll = async (): Promise<Answer[]> => {
      const answers: Answer[] = []
      for (let i = 0; i < who.length; i += atOnce) {
        const some = who.slice(i, i + atOnce).map(async (headers) => answerOf(await write(headers)))
        answers.push(...(await Promise.all(some)))
      }
      return answers
    }
    const first = await sendAll()
    expect(first.map(({ status, replayed }) => [status, replayed])).toEqual(who.map(() => [201, null]))
    const again = await sendAll()
    expect(again.map(({ status, replayed, id }) => [status, replayed, id])).toEqual(
      first.map(({ id }) => [201, 'true', id]),
    )
    if (first[0].id !== '') expect(new Set(first.map(({ id }) => id)).size).toBe(who.length)
  })

  it.each(Object.keys(WRITES))(
    'a key of %s without the secret of a device is rejected, and nothing is stored',
    async (name) => {
      const { db } = at().service.context.database
      const count = async (): Promise<number[]> =>
        Promise.all(
          (['reports', 'contribution_votes', 'photos', 'idempotency_keys'] as const).map(
            async (table) => (await db.selectFrom(table).selectAll().execute()).length,
          ),
        )
      const before = await count()
      for (const key of ['1', 'never-sent-before']) {
        const problem = await expectProblem(await WRITES[name]({ 'idempotency-key': key }), 400, 'invalid-request')
        expect(pointers(problem)).toEqual(['header Idempotency-Key'])
        expect(problem.detail).toContain('Authorization: Bearer')
      }
      expect(await count()).toEqual(before)
    },
  )

  it('a late report is rejected, even if another rider has used the same key', async () => {
    const [one, other] = riders(9).slice(7)
    const seen = { zoneId: ZONE.id, kind: 'left', observedAt: new Date(at().clock.now()).toISOString() }
    const key = { 'idempotency-key': 'late' }
    const taken = await answerOf(await at().post(paths.reports(), seen, { ...one, ...key }))
    at().clock.advance(31 * MINUTE)
    expect(await answerOf(await at().post(paths.reports(), seen, { ...one, ...key }))).toEqual({
      ...taken,
      replayed: 'true',
    })
    await expectProblem(await at().post(paths.reports(), seen, { ...other, ...key }), 422, 'observed-too-old')
  })

  it('a stored report is returned only to its rider, even if two keys collide', async () => {
    const { database, eventLog, newId } = at().service.context
    const batcher = createReportBatcher(eventLog, database.engine)
    const [mine] = await database.db.selectFrom('reports').selectAll().limit(1).execute()
    // The batcher returns the stored report with its rider. `submitReport` must compare it with the rider of the
    // request.
    const found = await batcher.store({ ...mine, id: newId(), rider_id: 'somebodyelse0' })
    expect([found.replayed, found.report.rider_id]).toEqual([true, mine.rider_id])
    const colliding = { ...at().service.context, batcher: { store: async () => ({ report: mine, replayed: true }) } }
    const input = { zoneId: ZONE.id, kind: 'count' as const, count: 7 }
    const reporter = { riderId: 'somebodyelse0', network: null }
    const submitted = submitReport(colliding, reporter, scopeKey('reports', reporter.riderId, 'k'), input)
    await expect(submitted).rejects.toMatchObject({ code: 'idempotency-mismatch' })
  })

  it('a stored response is returned only to its rider, even if two keys collide', async () => {
    const [rider] = riders(11).slice(10)
    const send = () => WRITES['a contribution']({ ...rider, 'idempotency-key': 'colliding' })
    expect((await send()).status).toBe(201)
    const { db } = at().service.context.database
    await db.updateTable('idempotency_keys').set({ principal: 'somebodyelse0' }).execute()
    await expectProblem(await send(), 422, 'idempotency-mismatch')
  })

  it('two machines of one feed may use the same key, and each gets the response to its own readings', async () => {
    const deps = { ...at().service.context.database, clock: at().clock.now, actor: AN_ACTOR }
    const made = await Promise.all(['gate', 'camera'].map((label) => createFeedKey(deps, 'test-city', label)))
    const send = async ({ key }: { key: string }, value: number) => {
      const readings = [{ zoneId: ZONE.id, kind: 'count', value, at: new Date(at().clock.now()).toISOString() }]
      const headers = { authorization: `Bearer ${key}`, ...KEY }
      const answer = await at().post(paths.feedReadings('test-city'), { readings }, headers)
      return [answer.status, answer.headers.get('idempotency-replayed')]
    }
    const first = await send(made[0], 3)
    at().clock.advance(MINUTE)
    expect([first, await send(made[1], 4)]).toEqual([
      [200, null],
      [200, null],
    ])
  })
})
