import { paths, type ContributionCreatedBody, type ReportInput } from '@kickstand/contract'
import { hasRecord, REMOVAL_WAIT_MS } from '@kickstand/domain'
import { AN_ACTOR } from '@kickstand/testkit'
import { forEachEngine } from '@kickstand/testkit/engines'
import { beforeAll, describe, expect, it } from 'vitest'
import { cutOf } from '#features/availability/store-hourly.ts'
import { storeCheckpoints } from '#features/availability/store-checkpoints.ts'
import { decideReview, listAlarms, listReviews, listShown, newId, showReview } from '#index.ts'
import { expireContributions } from '#features/contributions/expire-contributions.ts'
import { readHistory } from '#features/accounts/rider-records.ts'
import { readContributor, undoContributor } from '#features/moderation/undo-contributor.ts'
import { listUndos } from '#features/moderation/list-undos.ts'
import { riderIdFor } from '#platform/ids.ts'
import { useService } from './support/use-service.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const HOME = { id: 'zonehome00', lat: 64.147, lng: -21.942, capacity: 12 }
/** A zone for each test, 40 km or more from the next: limits of one do not affect another. */
const NAMES = [
  'new1',
  'new3',
  'new10',
  'new100',
  'slow3',
  'slow100',
  'mixed',
  'regular',
  'disputed',
  'seen',
  'blocked',
  'undo',
  'network',
  'null',
] as const
const PLACES = NAMES.map((name, i) => ({ id: `zone${name}00`, lat: 40 + i * 0.5, lng: 10, capacity: 10 }))
/** Three in one block, for the limit. */
const BLOCK = [0, 1, 2].map((i) => ({ id: `zoneblock0${i}`, lat: 30 + i * 0.003, lng: 10, capacity: 10 }))
const ZONES = [HOME, ...PLACES, ...BLOCK]
const zoneOf = (name: (typeof NAMES)[number]): string => `zone${name}00`

const secretOf = (name: string): string => `secret-of-the-device-called-${name}`
const headers = (name: string, network: string): Record<string, string> => ({
  authorization: `Bearer ${secretOf(name)}`,
  'x-forwarded-for': network,
})
/** Regular riders, each on a separate network. */
const REGULARS = ['ann', 'ben', 'cem', 'dia'].map((name, i) => headers(name, `198.51.${i}.7`))
let strangers = 0
const stranger = (): Record<string, string> => {
  strangers += 1
  return headers(`stranger-${strangers}`, `93.${Math.floor(strangers / 250)}.${strangers % 250}.7`)
}

forEachEngine((engine) => {
  const at = useService(engine, { zones: ZONES, env: { KICKSTAND_TRUSTED_PROXIES: '127.0.0.1' } })

  function deps() {
    const { eventLog, database } = at().service.context
    return { db: database.db, eventLog, clock: at().clock.now, newId, actor: AN_ACTOR }
  }
  async function say(id: string, who: Record<string, string>, field = 'gone', value: unknown = true) {
    const { lat, lng } = ZONES.find((zone) => zone.id === id) ?? HOME
    const answer = await at().post(paths.zoneContributions(id), { field, value, position: { lat, lng } }, who)
    expect(answer.status).toBe(201)
    return ((await answer.json()) as ContributionCreatedBody).contribution
  }
  async function isOnMap(id: string): Promise<boolean> {
    await at().service.context.tail.catchUp()
    return (await at().get(paths.zone(id))).status === 200
  }
  async function report(
    zoneId: string,
    content: Omit<ReportInput, 'zoneId'>,
    who: Record<string, string>,
  ): Promise<void> {
    const answer = await at().post(paths.reports(), { zoneId, ...content }, who)
    expect(answer.status).toBe(201)
  }
  /** Advances the clock and runs the job that runs every ten minutes. */
  async function pass(ms: number): Promise<void> {
    at().clock.advance(ms)
    await expireContributions(deps())
  }
  async function removals(outcome: string): Promise<number> {
    const { values } = await at().service.context.metrics.removals.get()
    return values.find(({ labels }) => labels.outcome === outcome)?.value ?? 0
  }
  const historyOf = (name: string) => readHistory(deps().db, riderIdFor(secretOf(name)))

  describe('the removal of a listed zone', () => {
    // Regular riders earn a record: sixteen days of counts at one zone that confirm one another.
    beforeAll(async () => {
      for (let day = 0; day < 16; day += 1) {
        for (const who of [...REGULARS, ...REGULARS]) {
          await report(HOME.id, { kind: 'count', count: 6 }, who)
          at().clock.advance(20 * MINUTE)
        }
        at().clock.advance(DAY - 8 * 20 * MINUTE)
        await storeCheckpoints(at().service.context, cutOf(at().clock.now()))
      }
    }, 240_000)

    it('needs a record, which a regular rider has, but not one who reported for six days or on one day', async () => {
      const now = at().clock.now()
      for (const name of ['ann', 'ben', 'cem']) expect(hasRecord(await historyOf(name), now), name).toBe(true)
      const history = await historyOf('ann')
      if (history === null) throw new Error('no history')
      expect(history.confirmedDays).toBeGreaterThanOrEqual(5)
      expect(hasRecord(history, history.firstSeenAt + 6 * DAY)).toBe(false)
      expect(hasRecord(await historyOf('nobody'), now)).toBe(false)
    })

    it.each([
      ['new1', 1, 0],
      ['new3', 3, MINUTE],
      ['new10', 10, MINUTE],
      ['new100', 100, MINUTE],
      ['slow3', 3, DAY],
      ['slow100', 100, 7 * DAY],
    ] as const)(
      '%s: is not done by %i new keys on as many networks in %i ms, and an alarm reports it',
      async (name, keys, span) => {
        const id = zoneOf(name)
        const before = await removals('waiting')
        for (let i = 0; i < keys; i += 1) {
          if (i > 0) await pass(Math.round(span / (keys - 1)))
          expect(await say(id, stranger())).toMatchObject({ state: 'pending', agree: 0 })
        }
        await pass(8 * DAY)
        expect(await isOnMap(id)).toBe(true)
        expect((await removals('waiting')) - before).toBe(keys)
        const about = keys === 1 ? 'from 1 rider, 0 with a record' : `from ${keys} riders, 0 with a record`
        const review = (await listReviews(deps())).find(({ zoneId }) => zoneId === id)
        expect(review?.about).toBe(`gone is true, ${about}`)
        const alarm = (await listAlarms(deps())).find(({ zoneIds }) => zoneIds.includes(id))
        expect(alarm).toMatchObject({ zoneIds: [id], riders: keys, networks: keys, withRecord: 0, held: 0 })
      },
    )

    it('is not done by two riders with a record and ten new keys', async () => {
      const id = zoneOf('mixed')
      for (const who of [...REGULARS.slice(0, 2), ...Array.from({ length: 10 }, stranger)]) await say(id, who)
      await pass(8 * DAY)
      expect(await isOnMap(id)).toBe(true)
    })

    it('is done by three riders with a record, a day after the third vote and not before', async () => {
      const id = zoneOf('regular')
      for (const [i, who] of REGULARS.slice(0, 3).entries()) {
        if (i > 0) await pass(30_000)
        expect(await say(id, who)).toMatchObject({ state: 'pending', agree: i + 1 })
      }
      await pass(REMOVAL_WAIT_MS - 1)
      expect(await isOnMap(id)).toBe(true)
      await pass(1)
      expect(await isOnMap(id)).toBe(false)
      expect(await listShown(deps())).toContainEqual(expect.objectContaining({ zoneId: id, state: 'shown' }))
    })

    it.each(['disputed', 'seen'] as const)(
      '%s: is not done if a rider disagrees or reports on the zone within the day',
      async (name) => {
        const id = zoneOf(name)
        for (const who of REGULARS.slice(0, 3)) await say(id, who)
        await pass(HOUR)
        if (name === 'disputed') await say(id, stranger(), 'gone', false)
        else await report(id, { kind: 'level', level: 'some' }, stranger())
        await pass(3 * DAY)
        expect(await isOnMap(id)).toBe(true)
      },
    )

    it('closing a zone needs the same riders, but no waiting time', async () => {
      const id = zoneOf('blocked')
      for (let i = 0; i < 10; i += 1) await say(id, stranger(), 'blocked')
      expect((await listReviews(deps())).some(({ zoneId }) => zoneId === id)).toBe(true)
      for (const who of REGULARS.slice(0, 2)) expect(await say(id, who, 'blocked')).toMatchObject({ state: 'pending' })
      expect(await say(id, REGULARS[2], 'blocked')).toMatchObject({ state: 'shown', agree: 3 })
    })

    it('is held back from the third zone of a block on, with an alarm, until a moderator decides', async () => {
      for (const { id } of BLOCK) for (const who of REGULARS.slice(0, 3)) await say(id, who)
      await pass(REMOVAL_WAIT_MS)
      const onMap = async () => {
        const all = await Promise.all(BLOCK.map(async ({ id }) => ({ id, is: await isOnMap(id) })))
        return all.filter(({ is }) => is).map(({ id }) => id)
      }
      const [left, ...more] = await onMap()
      expect(more).toEqual([])
      expect(await removals('held')).toBe(1)
      await pass(5 * DAY)
      expect(await onMap()).toEqual([left])
      const review = (await listReviews(deps())).find(({ zoneId }) => zoneId === left)
      expect(review?.about).toBe('gone is true, from 3 riders, 3 with a record, held back by a limit')
      expect((await listAlarms(deps())).find(({ zoneIds }) => zoneIds.includes(left))).toMatchObject({ held: 1 })
      await decideReview(deps(), review?.id ?? '', { accepted: true, by: 'mo', reason: null })
      expect(await onMap()).toEqual([])
    })

    it('is undone with all contributions of a rider, and the undo is on record', async () => {
      const id = zoneOf('undo')
      for (const who of REGULARS.slice(0, 3)) await say(id, who)
      await pass(REMOVAL_WAIT_MS)
      expect(await isOnMap(id)).toBe(false)
      const contribution = (await listShown(deps())).find(({ zoneId }) => zoneId === id)
      const { votes } = await showReview(deps(), contribution?.id ?? '')
      const riderId = riderIdFor(secretOf('cem'))
      expect(votes).toContainEqual(expect.objectContaining({ riderId, hasRecord: true }))
      const contributor = { kind: 'rider', id: riderId } as const
      const decision = { by: 'mo', reason: 'lies', dryRun: true }
      const would = await undoContributor(deps(), contributor, decision)
      expect(would).toMatchObject({ dryRun: true, zoneIds: expect.arrayContaining([id]) })
      expect(would.reports).toBe(32)
      expect(await isOnMap(id)).toBe(false)
      expect(await undoContributor(deps(), contributor, { ...decision, dryRun: false })).toEqual({
        ...would,
        dryRun: false,
      })
      expect(await isOnMap(id)).toBe(true)
      expect(await isOnMap(zoneOf('regular'))).toBe(true)
      const found = await readContributor(deps().db, contributor)
      expect(found).toMatchObject({ reports: 0, decisions: [{ verdict: 'undone', decided_by: 'mo', reason: 'lies' }] })
      expect(found.votes.length).toBe(would.contributions)
      expect(found.votes.every(({ undone_at }) => undone_at !== null)).toBe(true)
      expect(await listUndos(deps())).toMatchObject([{ id: `rider:${riderId}`, by: 'mo', reason: 'lies' }])
      // The rider's record is reset, and a second undo finds nothing.
      expect(hasRecord(await historyOf('cem'), at().clock.now())).toBe(false)
      expect(await undoContributor(deps(), contributor, { ...decision, dryRun: false })).toMatchObject({
        contributions: 0,
        reports: 0,
      })
      await expect(undoContributor(deps(), { kind: 'rider', id: 'nobodyatall00' }, decision)).rejects.toMatchObject({
        code: 'review-not-found',
      })
    })

    it('is undone with all contributions of a network', async () => {
      const id = zoneOf('network')
      for (const name of ['cafe-1', 'cafe-2']) await say(id, headers(name, '192.0.2.9'), 'lit', true)
      await say(id, stranger(), 'lit', true)
      expect(await say(id, stranger(), 'lit', true)).toMatchObject({ state: 'shown', agree: 3 })
      const [vote] = (await deps().db.selectFrom('contribution_votes').selectAll().execute()).filter(
        ({ rider_id }) => rider_id === riderIdFor(secretOf('cafe-1')),
      )
      const contributor = { kind: 'network', id: vote.network ?? '' } as const
      await report(id, { kind: 'count', count: 1 }, headers('cafe-3', '192.0.2.77'))
      const undone = await undoContributor(deps(), contributor, { by: 'mo', reason: null, dryRun: false })
      expect(undone).toMatchObject({ contributions: 2, reports: 1, photos: 0, zoneIds: [id] })
      const contributions = await deps()
        .db.selectFrom('contributions')
        .select('agree')
        .where('zone_id', '=', id)
        .execute()
      expect(contributions).toEqual([{ agree: 2 }])
    })
  })

  it('riders with an unknown network count as one, for every contribution', async () => {
    const id = zoneOf('null')
    for (let i = 0; i < 5; i += 1) {
      const who = { authorization: `Bearer ${secretOf(`unknown-${i}`)}` }
      expect(await say(id, who, 'covered', true)).toMatchObject({ state: 'pending', agree: 1 })
    }
  })
})
