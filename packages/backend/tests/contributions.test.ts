import {
  ContributionCreatedSchema,
  paths,
  QuestionBodySchema,
  ContributionsBodySchema,
  type ContributionCreatedBody,
  type ZoneBody,
} from '@kickstand/contract'
import { AN_ACTOR } from '@kickstand/testkit'
import { forEachEngine } from '@kickstand/testkit/engines'
import { expect, it } from 'vitest'
import { decideReview, listReviews, newId, showReview } from '#index.ts'
import { expireContributions } from '#features/contributions/expire-contributions.ts'
import { expectProblem, pointers } from './support/expect-problem.ts'
import { expectShape } from './support/expect-shape.ts'
import { useService } from './support/use-service.ts'

const DAY = 24 * 60 * 60_000
const PLACE = { lat: 48.1, lng: 11.5 }

/** A zone for each test, 5 km from the next. */
const NAMES = [
  'agree',
  'network',
  'dispute',
  'law',
  'expire',
  'mine',
  'gone',
  'blocked',
  'review',
  'ask',
  'once',
  'merge',
]
const ZONES = NAMES.map((name, i) => ({
  id: `zone${name}00`,
  lat: PLACE.lat + i * 0.05,
  lng: PLACE.lng,
  name: `Zone ${name}`,
  kind: 'lot' as const,
  capacity: 10,
  covered: null,
}))

function spotOf(id: string): { lat: number; lng: number } {
  const zone = ZONES.find((one) => one.id === id)
  if (zone === undefined) throw new Error(`no zone ${id}`)
  return { lat: zone.lat, lng: zone.lng }
}

/** Headers of a device; by default each has a separate network. */
function rider(number: number, network = number): Record<string, string> {
  return {
    authorization: `Bearer secret-of-the-device-number-${number}`,
    'x-forwarded-for': `93.184.${network}.7`,
  }
}

forEachEngine((engine) => {
  const at = useService(engine, { zones: ZONES, env: { KICKSTAND_TRUSTED_PROXIES: '127.0.0.1' } })

  async function state(id: string, contribution: object, who: Record<string, string>) {
    const answer = await at().post(paths.zoneContributions(id), contribution, who)
    expect(answer.status).toBe(201)
    const { contribution: stated } = expectShape(ContributionCreatedSchema, await answer.json())
    return stated
  }
  async function zone(id: string): Promise<ZoneBody | null> {
    await at().service.context.tail.catchUp()
    const answer = await at().get(paths.zone(id))
    return answer.status === 404 ? null : ((await answer.json()) as ZoneBody)
  }
  async function mine(who: Record<string, string>) {
    return expectShape(ContributionsBodySchema, await (await at().get(paths.myContributions(), who)).json())
      .contributions
  }
  function deps() {
    const { eventLog, database } = at().service.context
    return { db: database.db, eventLog, clock: at().clock.now, newId, actor: AN_ACTOR }
  }
  const covered = (id: string, value = true) => ({ field: 'covered', value, position: spotOf(id) })

  it('three independent riders show a contribution, with riders as its source; until then only they see it', async () => {
    const id = 'zoneagree00'
    for (const [n, expected] of [
      [1, 'pending'],
      [2, 'pending'],
      [3, 'shown'],
    ] as const) {
      expect(await zone(id)).toMatchObject({ covered: null })
      expect(await state(id, covered(id), rider(n))).toMatchObject({ state: expected, agree: n, needed: 3, mine: true })
    }
    const shown = await zone(id)
    expect(shown?.covered).toBe(true)
    expect(shown?.provenance?.['covered']).toMatchObject([{ source: 'riders', value: true, shown: true }])
    expect(shown?.sources.map((source) => source.id)).toContain('riders')
  })

  it('one device or one network counts once, and votes from out of reach do not count', async () => {
    const id = 'zonenetwork00'
    for (let i = 0; i < 4; i += 1) expect(await state(id, covered(id), rider(11))).toMatchObject({ agree: 1 })
    for (const n of [12, 13]) expect(await state(id, covered(id), rider(n, 11))).toMatchObject({ agree: 1 })
    const far = { field: 'covered', value: true, position: { lat: 0, lng: 0 } }
    expect(await state(id, far, rider(14))).toMatchObject({ agree: 1 })
    // Two riders without a position make three, and one of the three was within reach.
    const unplaced = { field: 'covered', value: true }
    expect(await state(id, unplaced, rider(15))).toMatchObject({ agree: 2, state: 'pending' })
    expect(await state(id, unplaced, rider(16))).toMatchObject({ agree: 3, state: 'shown' })
  })

  it('a rider who disagrees suspends a shown contribution; three later ones who agree show it again', async () => {
    const id = 'zonedispute00'
    for (const n of [21, 22, 23]) await state(id, covered(id), rider(n))
    expect(await zone(id)).toMatchObject({ covered: true })
    at().clock.advance(1000)
    expect(await state(id, covered(id, false), rider(24))).toMatchObject({ state: 'suspended', value: false })
    expect(await zone(id)).toMatchObject({ covered: null })
    at().clock.advance(1000)
    for (const n of [21, 22, 25]) await state(id, covered(id), rider(n))
    expect(await zone(id)).toMatchObject({ covered: true })
  })

  it('law, price and impossible values are rejected with what to do instead', async () => {
    const id = 'zonelaw00'
    for (const [field, value] of [
      ['fee', 'free'],
      ['access', 'public'],
      ['vehicles', 'yes'],
      ['openingHours', '24/7'],
      ['maxStay', 3600],
      ['permits', 'none'],
    ]) {
      const problem = await expectProblem(
        await at().post(paths.zoneContributions(id), { field, value }, rider(31)),
        422,
        'not-for-riders',
      )
      expect(problem.detail).toContain('moderator')
    }
    for (const contribution of [
      { field: 'capacity', value: 0 },
      { field: 'capacity', value: 2.5 },
      { field: 'covered', value: 'perhaps' },
      { field: 'kind', value: 'castle' },
      { field: 'name', value: '' },
      { field: 'place', value: { lat: 0, lng: 0 } },
      { field: 'covered', value: true, answer: 'unsure' },
    ]) {
      const answer = await at().post(paths.zoneContributions(id), contribution, rider(31))
      expect(pointers(await expectProblem(answer, 400, 'invalid-request'))).toEqual(['/value'])
    }
    expect(await mine(rider(31))).toEqual([])
    await expectProblem(
      await at().post(paths.zoneContributions('nozone0000'), covered(id), rider(31)),
      404,
      'zone-not-found',
    )
  })

  it('a contribution expires after 90 days unless a rider confirms it', async () => {
    const id = 'zoneexpire00'
    for (const n of [41, 42, 43]) await state(id, covered(id), rider(n))
    at().clock.advance(80 * DAY)
    await state(id, covered(id), rider(44))
    at().clock.advance(80 * DAY)
    await expireContributions(deps())
    expect(await zone(id)).toMatchObject({ covered: true })
    at().clock.advance(11 * DAY)
    await expireContributions(deps())
    expect(await zone(id)).toMatchObject({ covered: null })
    expect(await mine(rider(41))).toMatchObject([{ state: 'expired' }])
  })

  it('a rider sees and can undo their own contributions; other riders see nothing of them', async () => {
    const id = 'zonemine00'
    const stated = await state(id, { field: 'capacity', value: 6, note: 'I counted twice' }, rider(51))
    expect(await mine(rider(51))).toMatchObject([{ id: stated?.id, zoneId: id, value: 6, state: 'pending', agree: 1 }])
    expect(await mine(rider(52))).toEqual([])
    expect(await (await at().get(paths.myContributions())).json()).toEqual({ contributions: [] })
    const url = paths.myContribution(stated?.id ?? '')
    await expectProblem(await at().delete(url, rider(52)), 404, 'contribution-not-found')
    await expectProblem(await at().delete(url), 401, 'rider-required')
    expect((await at().delete(url, rider(51))).status).toBe(204)
    expect((await at().delete(url, rider(51))).status).toBe(204)
    expect(await mine(rider(51))).toEqual([])
  })

  it('a zone that a moderator accepts as gone leaves the map, and returns when that is undone', async () => {
    const id = 'zonegone00'
    const gone = { field: 'gone', value: true, position: spotOf(id) }
    const stated = await state(id, gone, rider(61))
    expect(await zone(id)).not.toBeNull()
    await decideReview(deps(), `contribution:${stated?.id}`, { accepted: true, by: 'mo', reason: null })
    expect(await zone(id)).toBeNull()
    await decideReview(deps(), `contribution:${stated?.id}`, { accepted: false, by: 'mo', reason: null })
    expect(await zone(id)).toMatchObject({ id, status: 'active' })
  })

  it('a zone that only riders list is gone after three votes; proposing it again brings it back', async () => {
    const spot = { lat: 46.5, lng: 11.5 }
    const tell = async (n: number) => {
      const answer = await at().post(paths.zones(), { ...spot, position: spot }, rider(n))
      return expectShape(ContributionCreatedSchema, await answer.json()).contribution
    }
    const [first] = await Promise.all([65, 66, 67].map(tell))
    const id = first?.zoneId ?? ''
    expect(await zone(id)).not.toBeNull()
    for (const n of [61, 62, 63]) await state(id, { field: 'gone', value: true, position: spot }, rider(n))
    expect(await zone(id)).toBeNull()
    at().clock.advance(1000)
    expect(await tell(64)).toMatchObject({ field: 'gone', state: 'suspended', mine: false })
    expect(await zone(id)).toMatchObject({ id, status: 'active' })
  })

  it('a zone that a moderator accepts as blocked is closed for thirty days and then as before', async () => {
    const id = 'zoneblocked00'
    const stated = await state(id, { field: 'blocked', value: true, position: spotOf(id) }, rider(71))
    expect(await zone(id)).not.toHaveProperty('blockedUntil')
    await decideReview(deps(), `contribution:${stated?.id}`, { accepted: true, by: 'mo', reason: null })
    const until = at().clock.now() + 30 * DAY
    expect(await zone(id)).toMatchObject({
      availability: { state: 'closed', expectedFree: null },
      blockedUntil: new Date(until).toISOString(),
    })
    at().clock.advance(30 * DAY)
    expect((await zone(id))?.availability.state).not.toBe('closed')
    await expireContributions(deps())
    expect(await zone(id)).not.toHaveProperty('blockedUntil')
  })

  it('a missing zone is on the map once three riders propose it, each field with the most frequent value', async () => {
    const spot = { lat: 47.5, lng: 11.5 }
    const tell = async (n: number, more: object) => {
      const proposal = { lat: spot.lat + n * 1e-5, lng: spot.lng, position: spot, ...more }
      const answer = await at().post(paths.zones(), proposal, rider(n))
      expect(answer.status).toBe(201)
      return expectShape(ContributionCreatedSchema, await answer.json()).contribution
    }
    const first = await tell(81, { capacity: 4, name: 'Behind the church', covered: true })
    const id = first?.zoneId ?? ''
    expect(await zone(id)).toBeNull()
    expect(await tell(82, { capacity: 8 })).toMatchObject({ zoneId: id, agree: 2, state: 'pending' })
    expect(await tell(83, { capacity: 8, covered: true })).toMatchObject({ zoneId: id, state: 'shown' })
    expect(await zone(id)).toMatchObject({
      name: 'Behind the church',
      capacity: 8,
      covered: true,
      lat: first === null ? 0 : spot.lat + 81e-5,
      vehicles: { motorcycle: 'unknown' },
      fee: null,
      sources: [{ id: 'riders', licence: 'CC0-1.0' }],
    })
    const there = await expectProblem(
      await at().post(paths.zones(), { ...spot, lat: spot.lat + 82e-5 }, rider(84)),
      409,
      'zone-already-exists',
    )
    expect(there.params).toEqual({ zoneId: expect.stringMatching(/^[0-9a-z]{8,}$/), metres: expect.any(Number) })
    expect(there.params?.['metres']).toBeLessThanOrEqual(15)
  })

  it('the decision of a moderator applies at once, overrides votes, is stored with time and reason, and never expires', async () => {
    const id = 'zonereview00'
    const stated = await state(
      id,
      { field: 'capacity', value: 6, position: spotOf(id), note: 'counted twice' },
      rider(91),
    )
    const name = `contribution:${stated?.id}`
    expect(await listReviews(deps())).toContainEqual(
      expect.objectContaining({ id: name, zoneId: id, zone: 'Zone review' }),
    )
    await decideReview(deps(), name, { accepted: true, by: 'mo', reason: 'seen on a photo' })
    expect(await zone(id)).toMatchObject({ capacity: 6 })
    expect(await mine(rider(91))).toMatchObject([{ state: 'accepted', reason: 'seen on a photo', expiresAt: null }])
    at().clock.advance(200 * DAY)
    await expireContributions(deps())
    await state(id, { field: 'capacity', value: 9, position: spotOf(id) }, rider(92))
    expect(await zone(id)).toMatchObject({ capacity: 6 })
    await decideReview(deps(), name, { accepted: false, by: 'mo', reason: null })
    expect(await zone(id)).toMatchObject({ capacity: 10 })
    const { decisions, votes } = await showReview(deps(), name)
    expect(decisions.map(({ verdict, decided_by }) => [verdict, decided_by])).toEqual([
      ['accepted', 'mo'],
      ['rejected', 'mo'],
    ])
    expect(votes).toContainEqual(expect.objectContaining({ value: 6, note: 'counted twice', withinReach: true }))
    await expect(showReview(deps(), 'contribution:nothing00')).rejects.toMatchObject({ code: 'review-not-found' })
  })

  it('a rider at the zone is asked one unknown field, and never again one that they answered or were unsure of', async () => {
    const id = 'zoneask00'
    const ask = async (who: Record<string, string>, where = '') => {
      const answer = await at().get(`${paths.zoneQuestions(id)}${where}`, who)
      return expectShape(QuestionBodySchema, await answer.json()).question?.field ?? null
    }
    const { lat, lng } = spotOf(id)
    const here = `?lat=${lat}&lng=${lng}&accuracy=20`
    expect(await ask(rider(101))).toBeNull()
    expect(await ask(rider(101), '?lat=10&lng=10')).toBeNull()
    expect(await ask(rider(101), here)).toBe('covered')
    await state(id, covered(id), rider(101))
    expect(await ask(rider(101), here)).toBe('anchors')
    await state(id, { field: 'anchors', answer: 'unsure' }, rider(101))
    expect(await ask(rider(101), here)).toBe('lit')
    // Another rider is asked about the same field, without seeing the first answer.
    await state(id, { field: 'gone', value: true }, rider(101))
    expect(await ask(rider(102), here)).toBe('gone')
    await state(id, { field: 'gone', answer: 'later' }, rider(102))
    expect(await ask(rider(102), here)).toBeNull()
    const report = { zoneId: id, kind: 'level', level: 'few' }
    expect((await at().post(paths.reports(), report, rider(103))).status).toBe(201)
    expect(await ask(rider(103))).toBe('gone')
  })

  it('a repeated key counts once, and is rejected with another body', async () => {
    const id = 'zoneonce00'
    const send = (contribution: object, who: Record<string, string>) =>
      at().post(paths.zoneContributions(id), contribution, { 'idempotency-key': 'key-1', ...who })
    const unkeyed = await at().post(paths.zoneContributions(id), { field: 'lit', value: true })
    const cookie = unkeyed.headers.get('set-cookie')?.split(';', 1)[0] ?? ''
    expect(cookie).toMatch(/^kickstand_rider=/)
    const { contribution } = (await (await send(covered(id), { cookie })).json()) as ContributionCreatedBody
    const again = await send(covered(id), { cookie })
    expect(again.headers.get('idempotency-replayed')).toBe('true')
    expect(again.headers.get('set-cookie')).toBeNull()
    expect(await again.json()).toEqual({ contribution })
    await expectProblem(await send(covered(id, false), { cookie }), 422, 'idempotency-mismatch')
    expect(await mine({ cookie })).toHaveLength(2)
  })

  it('a move by moderators moves the zone; its matching stays with its source', async () => {
    const id = 'zonemerge00'
    const { lat, lng } = spotOf(id)
    const value = { lat: lat + 0.0003, lng }
    const stated = await state(id, { field: 'place', value, position: { lat, lng } }, rider(111))
    await decideReview(deps(), `contribution:${stated?.id}`, { accepted: true, by: 'mo', reason: null })
    expect(await zone(id)).toMatchObject({ lat: value.lat, lng })
  })
})
