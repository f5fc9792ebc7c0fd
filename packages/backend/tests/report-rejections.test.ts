import { paths } from '@kickstand/contract'
import { forEachEngine } from '@kickstand/testkit/engines'
import { describe, expect, it } from 'vitest'
import { expectProblem, pointers } from './support/expect-problem.ts'
import { useService } from './support/use-service.ts'

const ZONE = 'zone000001'
const COUNT = { zoneId: ZONE, kind: 'count', count: 3 }
/** The clock of the tests starts at noon of this day. */
const DAY = '2026-03-04'

/** Invalid bodies, with the pointers that the problem must name. */
const REJECTED: readonly (readonly [what: string, body: unknown, status: number, code: string, named: string[]])[] = [
  ['no fields', {}, 400, 'invalid-request', ['/kind', '/zoneId']],
  ['null', 'null', 400, 'invalid-request', ['/']],
  ['a list', '[]', 400, 'invalid-request', ['/']],
  ['a number as text', { ...COUNT, count: '3' }, 400, 'invalid-request', ['/count']],
  ['NaN', '{"zoneId":"zone000001","kind":"count","count":NaN}', 400, 'invalid-request', []],
  [
    'a number too large to be one',
    `{"zoneId":"${ZONE}","kind":"count","count":1e400}`,
    400,
    'invalid-request',
    ['/count'],
  ],
  ['a fraction of a bike', { ...COUNT, count: 2.5 }, 400, 'invalid-request', ['/count']],
  ['fewer bikes than none', { ...COUNT, count: -1 }, 400, 'invalid-request', ['/count']],
  ['a sentinel', { ...COUNT, count: -9 }, 400, 'invalid-request', ['/count']],
  ['more bikes than any place holds', { ...COUNT, count: 10_001 }, 400, 'invalid-request', ['/count']],
  ['a flag as text', { ...COUNT, late: 'true' }, 400, 'invalid-request', ['/late']],
  ['an unknown kind', { zoneId: ZONE, kind: 'sighting' }, 400, 'invalid-request', ['/kind']],
  ['an unknown level', { zoneId: ZONE, kind: 'level', level: 'lots' }, 400, 'invalid-request', ['/level']],
  ['an unknown problem', { zoneId: ZONE, kind: 'problem', problem: 'ugly' }, 400, 'invalid-request', ['/problem']],
  ['unknown fields', { ...COUNT, bikes: 3, note: 'x' }, 400, 'invalid-request', ['/bikes', '/note']],
  ['a prototype', '{"zoneId":"zone000001","kind":"arrived","__proto__":{"count":3}}', 400, 'invalid-request', []],
  ['an id that is none', { ...COUNT, zoneId: '../etc' }, 400, 'invalid-request', ['/zoneId']],
  ['a count without a count', { zoneId: ZONE, kind: 'count' }, 400, 'invalid-request', ['/count']],
  ['an arrival with a count', { ...COUNT, kind: 'arrived' }, 400, 'invalid-request', ['/count']],
  [
    'a level with a problem',
    { zoneId: ZONE, kind: 'level', problem: 'faded' },
    400,
    'invalid-request',
    ['/level', '/problem'],
  ],
  ['a latitude out of range', { ...COUNT, position: { lat: 91, lng: 0 } }, 400, 'invalid-request', ['/position/lat']],
  [
    'a longitude out of range',
    { ...COUNT, position: { lat: 0, lng: -181 } },
    400,
    'invalid-request',
    ['/position/lng'],
  ],
  ['half a position', { ...COUNT, position: { lat: 1 } }, 400, 'invalid-request', ['/position/lng']],
  [
    'an unknown field inside',
    { ...COUNT, position: { lat: 1, lng: 1, alt: 3 } },
    400,
    'invalid-request',
    ['/position/alt'],
  ],
  ['a word for a time', { ...COUNT, observedAt: 'yesterday' }, 400, 'invalid-request', ['/observedAt']],
  ['a time as a number', { ...COUNT, observedAt: 1_772_625_600_000 }, 400, 'invalid-request', ['/observedAt']],
  ['a leap second', { ...COUNT, observedAt: '2016-12-31T23:59:60Z' }, 400, 'invalid-request', ['/observedAt']],
  ['a zone of hours alone', { ...COUNT, observedAt: `${DAY}T12:00:00+01` }, 400, 'invalid-request', ['/observedAt']],
  ['the 30th of February', { ...COUNT, observedAt: '2026-02-30T12:00:00Z' }, 400, 'invalid-request', ['/observedAt']],
  ['the future', { ...COUNT, observedAt: `${DAY}T12:02:01Z` }, 422, 'observed-in-future', ['/observedAt']],
  ['31 minutes ago', { ...COUNT, observedAt: `${DAY}T11:29:00Z` }, 422, 'observed-too-old', ['/observedAt']],
  [
    'last week, late',
    { ...COUNT, observedAt: '2026-02-25T11:59:59Z', late: true },
    422,
    'observed-too-old',
    ['/observedAt'],
  ],
  ['an unknown zone', { ...COUNT, zoneId: '0000000000000' }, 404, 'zone-not-found', []],
  ['not JSON', '{"zoneId":', 400, 'invalid-request', []],
  ['nothing', '', 400, 'invalid-request', []],
  ['over 64 KiB', { ...COUNT, note: 'x'.repeat(64 * 1024) }, 413, 'body-too-large', []],
]

forEachEngine((engine) => {
  const at = useService(engine, {
    zones: [
      { id: ZONE, capacity: 10 },
      { id: 'retired001', status: 'retired' },
    ],
  })

  async function rows(): Promise<number> {
    return (await at().service.context.database.db.selectFrom('reports').select('id').execute()).length
  }

  describe('a report is rejected, and the problem names what is wrong, for', () => {
    it.each(REJECTED)('%s', async (_what, body, status, code, named) => {
      const problem = await expectProblem(await at().post(paths.reports(), body), status, code)
      expect(pointers(problem).toSorted()).toEqual(named.toSorted())
      for (const { message } of problem.errors ?? []) expect(message).toMatch(/\w+ \w+/)
    })

    it('a zone off the map', async () => {
      const answer = await at().post(paths.reports(), { ...COUNT, zoneId: 'retired001' })
      expect((await expectProblem(answer, 404, 'zone-not-found')).detail).toContain('retired001')
    })

    it.each(['text/plain', 'application/xml', 'application/x-www-form-urlencoded'])(
      'the media type %s',
      async (type) => {
        const answer = await at().post(paths.reports(), JSON.stringify(COUNT), { 'content-type': type })
        const problem = await expectProblem(answer, 415, 'unsupported-media-type')
        expect(problem.detail).toContain('application/json')
      },
    )

    it.each(['', 'two words', 'x'.repeat(201), 'ümlaut'])('the Idempotency-Key "%s"', async (key) => {
      const headers = { 'idempotency-key': Buffer.from(key, 'utf8').toString('latin1') }
      const problem = await expectProblem(await at().post(paths.reports(), COUNT, headers), 400, 'invalid-request')
      expect(pointers(problem)).toEqual(['header Idempotency-Key'])
    })

    // Last of the block.
    it('all of the above, and none was stored', async () => {
      expect(await rows()).toBe(0)
    })
  })

  it.each([
    ['lat=x&lng=1', ['?lat']],
    ['lat=NaN&lng=1', ['?lat']],
    ['lat=Infinity&lng=1', ['?lat']],
    ['lat=91&lng=181', ['?lat', '?lng']],
    ['lng=1', ['?lat']],
    ['lat=&lng=1', ['?lat']],
    ['lat=1&lat=2&lng=1', ['?lat']],
    ['lat=1&lng=1&radius=0', ['?radius']],
    ['lat=1&lng=1&radius=50001', ['?radius']],
    ['lat=1&lng=1&limit=0', ['?limit']],
    ['lat=1&lng=1&limit=101', ['?limit']],
    ['lat=1&lng=1&limit=2.5', ['?limit']],
    ['lat=1&lng=1&vehicle=car', ['?vehicle']],
    ['lat=1&lng=1&covered=maybe', ['?covered']],
    ['lat=1&lng=1&free=perhaps', ['?free']],
    ['lat=1&lng=1&at=noon', ['?at']],
    [`lat=1&lng=1&at=${DAY}T11:00:00Z`, ['?at']],
    ['lat=1&lng=1&at=2026-03-05T12:00:01Z', ['?at']],
    ['lat=1&lng=1&colour=red&near=me', ['?colour', '?near']],
  ])('nearby rejects %s and names the parameter', async (query, named) => {
    const problem = await expectProblem(await at().get(`${paths.nearby()}?${query}`), 400, 'invalid-request')
    expect(pointers(problem).toSorted()).toEqual(named)
  })

  it.each([
    ['bbox=1,2,3', '?bbox'],
    ['bbox=0,10,1,5', '?bbox'],
    ['bbox=37.7,-122.5,37.8,-122.3', '?bbox'],
    ['bbox=0,0,NaN,1', '?bbox'],
    ['limit=5', '?bbox'],
    ['bbox=0,0,1,1&limit=501', '?limit'],
    ['bbox=0,0,1,1&cursor=abc', '?cursor'],
    ['bbox=0,0,1,1&page=2', '?page'],
  ])('an area rejects %s', async (query, named) => {
    const problem = await expectProblem(await at().get(`${paths.zones()}?${query}`), 400, 'invalid-request')
    expect(pointers(problem)).toEqual([named])
  })

  it('other routes reject invalid parameters', async () => {
    const invalid = [`/v1/zones/NO`, `/v1/zones/${ZONE}/reports?cursor=abc`, `/v1/zones/${ZONE}/reports?limit=0`]
    for (const path of invalid) await expectProblem(await at().get(path), 400, 'invalid-request')
    await expectProblem(await at().delete('/v1/reports/NO'), 400, 'invalid-request')
    const broken = await expectProblem(await at().get('/v1/zones/%zz'), 400, 'invalid-request')
    expect(broken.detail).toContain('%zz')
  })
})
