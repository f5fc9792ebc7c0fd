import { paths, RiderExportSchema, type RiderExportBody, type ZoneBody } from '@kickstand/contract'
import { CONSTANTS } from '@kickstand/domain'
import { AN_ACTOR, seededRandom } from '@kickstand/testkit'
import { forEachEngine } from '@kickstand/testkit/engines'
import { startTestService, type TestService } from '@kickstand/testkit/start-service'
import { sql } from 'kysely'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sealEntries } from '#audit/seal-entries.ts'
import { verifyChain } from '#audit/verify-chain.ts'
import { decideReview, newId } from '#index.ts'
import { eraseAgain } from '#features/erasure/erase-again.ts'
import { hashOfRider, readErasedRiders } from '#features/erasure/erased-rider-store.ts'
import { undoContributor } from '#features/moderation/undo-contributor.ts'
import { riderIdFor } from '#platform/ids.ts'
import { expectProblem } from './support/expect-problem.ts'
import { expectShape } from './support/expect-shape.ts'
import { useService } from './support/use-service.ts'

/** A zone for each story, 5 km from the next. */
const ZONES = Array.from({ length: 12 }, (_, i) => ({
  id: `zonerider0${String.fromCodePoint(97 + i)}`,
  lat: 48 + i * 0.05,
  lng: 11.5,
  capacity: 10,
  covered: null,
  lit: null,
}))
const HOUR = 60 * 60_000

type Zone = (typeof ZONES)[number]

const secretOf = (n: number | string): string => `secret-of-the-device-number-${n}`
const idOf = (n: number | string): string => riderIdFor(secretOf(n))
/** Headers of a device, each on a network of its own. */
const rider = (n: number | string, network: number = Number(n)): Record<string, string> => ({
  authorization: `Bearer ${secretOf(n)}`,
  'x-forwarded-for': `93.184.${network % 250}.7`,
})

const ENV = { KICKSTAND_TRUSTED_PROXIES: '127.0.0.1' }

forEachEngine((engine) => {
  const at = useService(engine, { zones: ZONES, env: ENV })
  let other: TestService
  beforeAll(async () => {
    other = await startTestService({ url: at().database.url, clock: at().clock.now, env: ENV })
  })
  afterAll(async () => {
    await other.stop()
  })

  const db = () => at().service.context.db
  function deps() {
    const { eventLog } = at().service.context
    return { db: db(), eventLog, clock: at().clock.now, newId, actor: AN_ACTOR }
  }
  async function report(zone: Zone, who: Record<string, string>, count = 3, more: object = {}): Promise<string> {
    const answer = await at().post(paths.reports(), { zoneId: zone.id, kind: 'count', count, ...more }, who)
    expect(answer.status).toBe(201)
    return ((await answer.json()) as { report: { id: string } }).report.id
  }
  async function contribute(zone: Zone, body: object, who: Record<string, string>): Promise<string> {
    const { lat, lng } = zone
    const answer = await at().post(paths.zoneContributions(zone.id), { position: { lat, lng }, ...body }, who)
    expect(answer.status).toBe(201)
    return ((await answer.json()) as { contribution: { id: string } | null }).contribution?.id ?? ''
  }
  async function photo(zone: Zone, who: Record<string, string>, shade: string): Promise<string> {
    const image = sharp({ create: { width: 64, height: 48, channels: 3, background: shade } })
    const answer = await fetch(at().url + paths.zonePhotos(zone.id), {
      method: 'POST',
      headers: { ...who, 'content-type': 'image/jpeg' },
      body: new Uint8Array(await image.jpeg().toBuffer()),
    })
    expect(answer.status).toBe(201)
    return ((await answer.json()) as { photo: { id: string } }).photo.id
  }
  async function exported(who: Record<string, string>): Promise<RiderExportBody> {
    const answer = await at().get(paths.myExport(), who)
    expect(answer.status).toBe(200)
    return expectShape(RiderExportSchema, await answer.json())
  }
  async function erase(who: Record<string, string>): Promise<void> {
    expect((await at().delete(paths.me(), who)).status).toBe(204)
    await at().service.context.tail.catchUp()
    await other.service.context.tail.catchUp()
  }
  async function zoneAt({ get, service }: TestService, id: string): Promise<ZoneBody | null> {
    await service.context.tail.catchUp()
    const answer = await get(paths.zone(id))
    return answer.status === 404 ? null : ((await answer.json()) as ZoneBody)
  }
  /** The names of tables with a row that contains a text. */
  async function tablesThatMention(text: string): Promise<string[]> {
    const found: string[] = []
    for (const { name } of await db().introspection.getTables()) {
      const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(name)}`.execute(db())
      const texts = rows
        .flatMap((row) => Object.values(row))
        .map((value) => {
          return value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value)
        })
      if (texts.some((one) => one.includes(text))) found.push(name)
    }
    return found
  }
  function boardsAgree(one: TestService, two: TestService): void {
    for (const { id } of ZONES) {
      const [a, b] = [one, two].map(({ service: { context } }) => {
        const row = context.board.row(id)
        if (row === undefined) return null
        const { state, expectedFree, observedAt } = context.board.availability(row, at().clock.now())
        return { bytes: Buffer.from(context.board.estimateBytes(row)).toString('hex'), state, expectedFree, observedAt }
      })
      expect(a).toEqual(b)
    }
  }

  describe('the export of a rider', () => {
    const [zone] = ZONES
    const me = rider('export', 1)

    it('is empty for a new device, and not available without one', async () => {
      expect(await exported(me)).toEqual({
        ...{ rider: null, reports: [], contributions: [], votes: [], photos: [] },
        ...{ idempotencyKeys: [], decisions: [], erasedAt: null },
        ...{ notifications: [], notificationChoices: [], quietHours: null, pushSubscriptions: [] },
      })
      await expectProblem(await at().get(paths.myExport()), 401, 'rider-required')
      await expectProblem(await at().delete(paths.me()), 401, 'rider-required')
    })

    it('has everything that is stored of the rider, and nothing of others', async () => {
      const kept = await report(zone, { ...me, 'idempotency-key': 'report-key-1' })
      const undone = await report(zone, me, 5)
      expect((await at().delete(paths.report(undone), me)).status).toBe(204)
      const fact = await contribute(
        zone,
        { field: 'covered', value: true, note: 'by the church' },
        { ...me, 'idempotency-key': 'contribution-key-1' },
      )
      await contribute(zone, { field: 'lit', answer: 'unsure' }, me)
      const image = await photo(zone, me, '#3a5')
      await report(zone, rider('stranger', 2))
      await contribute(zone, { field: 'covered', value: true, note: 'of a stranger' }, rider('stranger', 2))

      const body = await exported(me)
      expect(body.rider).toMatchObject({ id: idOf('export'), confirmedDays: 0 })
      expect(
        body.reports.map(({ id, retractedAt, hasIdempotencyKey }) => [id, retractedAt !== null, hasIdempotencyKey]),
      ).toEqual([
        [kept, false, true],
        [undone, true, false],
      ])
      expect(body.contributions).toMatchObject([{ id: fact, field: 'covered', value: true }])
      expect(body.votes).toMatchObject([
        { field: 'covered', value: true, note: 'by the church', withinReach: true },
        { field: 'unsure lit', value: null },
      ])
      expect(body.idempotencyKeys).toMatchObject([
        { namespace: 'contributions', answer: { contribution: { id: fact } } },
      ])
      expect(JSON.stringify(body)).not.toContain('of a stranger')
      expect(JSON.stringify(body)).not.toContain(idOf('stranger'))
      const [{ address, id }] = body.photos
      expect(id).toBe(image)
      expect((await at().get(address, me)).headers.get('content-type')).toBe('image/webp')
    })

    it('has all reports of somebody who made more than fit into a page', async () => {
      const rows = Array.from({ length: 1203 }, (_, n) => ({ id: `many${String(n).padStart(8, '0')}`, n }))
      const [{ zone_id }] = await db().selectFrom('reports').select('zone_id').limit(1).execute()
      for (const { id, n } of rows)
        await db()
          .insertInto('reports')
          .values({
            ...{ id, zone_id, rider_id: idOf('many'), kind: 'count', count: n % 9, level: null, problem: null },
            ...{ observed_at: n, received_at: n, distance: null, accuracy: null, over_capacity: 0, effect: 'none' },
            ...{ event_order: n, outlier_probability: null, network: null, trusted: 0, retracted_at: null },
            ...{ idempotency: null, payload_hash: 'x' },
          })
          .execute()
      expect((await exported(rider('many', 3))).reports.map(({ id }) => id)).toEqual(rows.map(({ id }) => id))
    })
  })

  describe('an erased rider', () => {
    it('is mentioned in no row of any table, whatever they did, and all servers agree', async () => {
      const random = seededRandom(11)
      const [, ...zones] = ZONES.slice(0, 5)
      const me = rider('me', 10)
      const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]
      const acts: (() => Promise<unknown>)[] = [
        () => report(pick(zones), me, Math.floor(random() * 10)),
        () => report(pick(zones), { ...me, 'idempotency-key': `key-${random()}` }, 4),
        async () => at().delete(paths.report(await report(pick(zones), me)), me),
        () => report(pick(zones), rider(11 + Math.floor(random() * 3)), 6),
        () => contribute(pick(zones), { field: 'covered', value: random() < 0.7, note: 'a note by me' }, me),
        () => contribute(pick(zones), { field: 'capacity', value: 7 }, { ...me, 'idempotency-key': `key-${random()}` }),
        () => contribute(pick(zones), { field: 'gone', value: true }, me),
        () => contribute(pick(zones), { field: 'lit', answer: 'later' }, me),
        () => contribute(pick(zones), { field: 'covered', value: true }, rider(11 + Math.floor(random() * 3))),
        () =>
          photo(
            pick(zones),
            me,
            `#${Math.floor(random() * 4096)
              .toString(16)
              .padStart(3, '0')}`,
          ),
        () => at().post(paths.zones(), { lat: 40 + random(), lng: 11, name: 'a note by me' }, me),
      ]
      for (let n = 0; n < 60; n += 1) {
        at().clock.advance(45_000)
        await pick(acts)()
      }
      await undoContributor(deps(), { kind: 'rider', id: idOf('me') }, { by: 'mo', reason: 'a test', dryRun: false })
      for (const act of acts) await act()
      await sealEntries(at().service.context.database)
      expect(await tablesThatMention(idOf('me'))).toEqual(
        expect.arrayContaining([
          'audit_values',
          'contribution_votes',
          'decisions',
          'events',
          'photos',
          'reports',
          'riders',
        ]),
      )
      const before = await db().selectFrom('reports').select('id').orderBy('id').execute()

      await erase(me)
      expect(await tablesThatMention(idOf('me'))).toEqual([])
      expect(await tablesThatMention('a note by me')).toEqual([])
      expect(await db().selectFrom('reports').select('id').orderBy('id').execute()).toEqual(before)
      expect((await verifyChain(db())).broken).toBeNull()
      boardsAgree(at(), other)
      const restarted = await startTestService({ url: at().database.url, clock: at().clock.now })
      boardsAgree(at(), restarted)
      await restarted.stop()
    })

    it('is forgotten by the boards of all servers, and other riders are not', async () => {
      for (const { context } of [at().service, other.service]) {
        for (const name of ['trusted', 'other']) context.board.reporters.put(idOf(name), 40, 0.1)
        expect(context.board.reporters.isTrusted(idOf('trusted'))).toBe(true)
      }
      await report(ZONES[5], rider('trusted', 20))
      await erase(rider('trusted', 20))
      for (const { context } of [at().service, other.service]) {
        const { reporters } = context.board
        expect(reporters.isTrusted(idOf('trusted'))).toBe(false)
        expect(reporters.outlierProbabilityOf(idOf('trusted'))).toBe(CONSTANTS.outlierProbability)
        expect(reporters.isTrusted(idOf('other'))).toBe(true)
      }
    })

    it('takes what was shown because of them, and leaves what enough others support', async () => {
      const [, , , , , , few, enough] = ZONES
      for (const n of [30, 31, 32]) await contribute(few, { field: 'covered', value: true }, rider(n))
      for (const n of [30, 31, 32, 33]) await contribute(enough, { field: 'covered', value: true }, rider(n))
      for (const service of [at(), other])
        for (const { id } of [few, enough]) expect(await zoneAt(service, id)).toMatchObject({ covered: true })
      // Long after, when the votes of the others are old and only a new one confirms it.
      at().clock.advance(80 * 24 * HOUR)
      await contribute(enough, { field: 'covered', value: true }, rider(34))
      await erase(rider(30))
      for (const service of [at(), other]) {
        expect((await zoneAt(service, few.id))?.covered).toBeNull()
        expect(await zoneAt(service, enough.id)).toMatchObject({ covered: true })
      }
      const { rider_id } = await db()
        .selectFrom('contributions')
        .select('rider_id')
        .where('zone_id', '=', enough.id)
        .executeTakeFirstOrThrow()
      expect(rider_id).toBe(idOf(31))
    })

    it('leaves what a moderator accepted, as the contribution of nobody', async () => {
      const zone = ZONES[8]
      const id = await contribute(zone, { field: 'capacity', value: 6 }, rider(40))
      await decideReview(deps(), `contribution:${id}`, { accepted: true, by: 'mo', reason: null })
      await erase(rider(40))
      expect(await zoneAt(other, zone.id)).toMatchObject({ capacity: 6 })
      expect(await tablesThatMention(idOf(40))).toEqual([])
    })

    it('takes their photos, also cleared ones', async () => {
      const zone = ZONES[9]
      const id = await photo(zone, rider(41), '#c33')
      await decideReview(deps(), `photo:${id}`, { accepted: true, by: 'mo', reason: null })
      expect((await other.get(paths.photo(id))).status).toBe(200)
      await erase(rider(41))
      for (const { get } of [at(), other]) await expectProblem(await get(paths.photo(id)), 404, 'photo-not-found')
      expect(await (await other.get(paths.zonePhotos(zone.id))).json()).toEqual({ photos: [] })
    })

    it('takes a place that only they proposed, and one that others reported on stays off the map with the reports', async () => {
      const spots = [45.01, 45.02].map((lat) => ({ lat, lng: 11.5 }))
      const zoneIds: string[] = []
      for (const spot of spots) {
        const answer = await at().post(paths.zones(), { ...spot, name: 'Behind the hall' }, rider(50))
        const { contribution } = (await answer.json()) as { contribution: { id: string; zoneId: string } }
        await decideReview(deps(), `contribution:${contribution.id}`, { accepted: true, by: 'mo', reason: null })
        await decideReview(deps(), `contribution:${contribution.id}`, { accepted: false, by: 'mo', reason: null })
        zoneIds.push(contribution.zoneId)
      }
      const [alone, reported] = zoneIds
      await db().updateTable('reports').set({ zone_id: reported }).where('rider_id', '=', idOf('stranger')).execute()
      await erase(rider(50))
      const left = await db().selectFrom('zones').select(['id', 'status']).where('id', 'in', zoneIds).execute()
      expect(left).toEqual([{ id: reported, status: 'retired' }])
      expect(await zoneAt(other, alone)).toBeNull()
      expect(await db().selectFrom('zone_sources').select('ref').where('zone_id', 'in', zoneIds).execute()).toEqual([])
    })

    it('starts as a new rider with the same secret; erasing twice is the same as once', async () => {
      const me = rider(60)
      await report(ZONES[10], me)
      await erase(me)
      const events = async () => (await db().selectFrom('events').select('seq').execute()).length
      const before = await events()
      await erase(me)
      expect(await events()).toBe(before)
      expect(await exported(me)).toMatchObject({ rider: null, reports: [], erasedAt: expect.any(String) })
      at().clock.advance(HOUR)
      const id = await report(ZONES[10], me)
      const { rider: anew, reports } = await exported(me)
      expect(anew?.firstSeenAt).toBe(new Date(at().clock.now()).toISOString())
      expect(reports.map((one) => one.id)).toEqual([id])
      await erase(me)
      expect(await tablesThatMention(idOf(60))).toEqual([])
    })

    it('who is unknown leaves no trace in the list', async () => {
      const before = await readErasedRiders(db())
      await erase(rider('nobody', 61))
      expect(await readErasedRiders(db())).toEqual(before)
    })

    it('loses the cookie that was sent, and a bearer leaves the cookie of another rider alone', async () => {
      const first = await at().post(paths.reports(), { zoneId: ZONES[10].id, kind: 'count', count: 1 })
      const cookie = first.headers.getSetCookie()[0].split(';')[0]
      const bearer = await at().delete(paths.me(), { cookie, ...rider(62) })
      expect(bearer.headers.getSetCookie()).toEqual([])
      const [cleared] = (await at().delete(paths.me(), { cookie })).headers.getSetCookie()
      expect(cleared).toMatch(/^kickstand_rider=; Max-Age=0; Path=\/v1; HttpOnly/)
    })

    it('is erased again in a database that was restored from a backup, unless it has the erasure', async () => {
      const [early, late] = [rider(70), rider(71)]
      await report(ZONES[11], early)
      await contribute(ZONES[11], { field: 'lit', value: true, note: 'early' }, early)
      await erase(early)
      const list = await readErasedRiders(db())
      at().clock.advance(HOUR)
      // Since then the rider has started anew: their new data is younger than the erasure that this database knows.
      await report(ZONES[11], early)
      await contribute(ZONES[11], { field: 'covered', value: true, note: 'late' }, late)
      expect(await eraseAgain(deps(), list)).toBe(0)
      expect((await exported(early)).reports).toHaveLength(1)

      const erasedLater = [{ id_hash: hashOfRider(idOf(71)), erased_at: at().clock.now() }]
      expect(await eraseAgain(deps(), [...list, ...erasedLater])).toBe(1)
      expect(await tablesThatMention(idOf(71))).toEqual([])
      expect(await readErasedRiders(db())).toEqual(expect.arrayContaining(erasedLater))
      expect(await eraseAgain(deps(), [...list, ...erasedLater])).toBe(0)
    })
  })

  it('the export and the erasure are limited for each rider', async () => {
    const limited = await startTestService({
      url: at().database.url,
      clock: at().clock.now,
      env: { KICKSTAND_LIMIT_CONTRIBUTIONS_PER_RIDER: '2' },
    })
    const me = { authorization: `Bearer ${secretOf('limited')}` }
    expect((await limited.get(paths.myExport(), me)).status).toBe(200)
    expect((await limited.delete(paths.me(), me)).status).toBe(204)
    await expectProblem(await limited.delete(paths.me(), me), 429, 'rate-limited')
    expect((await limited.get(paths.myExport(), { authorization: `Bearer ${secretOf('calm')}` })).status).toBe(200)
    await limited.stop()
  })
})
