import type { SourceInfo, SourceZone, ZoneFacts } from '@kickstand/domain'
import { AN_ACTOR, aSource, aSourceZone, fakeClock } from '@kickstand/testkit'
import { forEachEngine, type TestDatabase } from '@kickstand/testkit/engines'
import { runCommand, type Ran } from '@kickstand/testkit/run-command'
import { startTestService, type TestService } from '@kickstand/testkit/start-service'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { zoneIdFor } from '#platform/ids.ts'
import { decideMatch, joinZones, splitZone, type DecideDeps } from '#features/zones/decide-match.ts'
import { listMatchQuestions } from '#features/zones/list-match-reviews.ts'
import { importSnapshot } from '#features/zones/import-snapshot.ts'

const CITY = aSource({ id: 'city', name: 'City', trust: 'official' })
const OSM = aSource({ id: 'osm', name: 'OpenStreetMap', trust: 'community' })

function place(ref: string, metres: number, facts: Partial<ZoneFacts> = {}): SourceZone {
  return aSourceZone({ name: null, capacity: null, kind: null, lat: 40 + metres / 111_195, lng: 7, ...facts }, ref)
}
const N1 = zoneIdFor('osm', 'n1')
const C1 = zoneIdFor('city', 'c1')

forEachEngine((engine) => {
  let database: TestDatabase
  let service: TestService
  let deps: DecideDeps
  const clock = fakeClock()
  beforeEach(async () => {
    database = await engine.open()
    service = await startTestService({ url: database.url, clock: clock.now })
    const { eventLog } = service.service.context
    deps = { db: service.service.context.database.db, eventLog, clock: clock.now, actor: AN_ACTOR }
  })
  afterEach(async () => {
    await service.stop()
    await database.dispose()
  })

  async function snapshot(source: SourceInfo, rows: readonly SourceZone[]): Promise<void> {
    clock.advance(60_000)
    await importSnapshot(deps, { source, rows })
  }
  async function zone(id: string): Promise<Record<string, unknown>> {
    await service.service.context.tail.catchUp()
    return (await (await service.get(`/v1/zones/${id}`)).json()) as Record<string, unknown>
  }
  async function idsOnMap(): Promise<string[]> {
    await service.service.context.tail.catchUp()
    const body = (await (await service.get('/v1/zones?bbox=6,39,8,41')).json()) as { zones: { id: string }[] }
    return body.zones.map(({ id }) => id)
  }
  /** Two places 16 m apart with different capacities: a doubtful match. */
  async function doubtful(): Promise<string> {
    await snapshot(OSM, [place('n1', 0, { capacity: 6 })])
    await snapshot(CITY, [place('c1', 16, { capacity: 9 })])
    const [question] = await listMatchQuestions(deps.db, 10)
    expect(question).toMatchObject({ one: { source: 'city', ref: 'c1' }, other: { source: 'osm', ref: 'n1' } })
    return question.review.id
  }

  describe('a moderator’s decision', () => {
    it('joins a doubtful pair permanently; the other id leads to the zone, reports to it too', async () => {
      const id = await doubtful()
      expect(await idsOnMap()).toHaveLength(2)
      await decideMatch(deps, id, 'merged', 'a test')
      expect(await idsOnMap()).toEqual([N1])
      expect(await zone(C1)).toMatchObject({ id: N1, capacity: 9, sources: [{ id: 'city' }, { id: 'osm' }] })
      const report = { zoneId: C1, kind: 'count', count: 4 }
      const answer = (await (await service.post('/v1/reports', report)).json()) as { report: { zoneId: string } }
      expect(answer.report.zoneId).toBe(N1)
      expect(await zone(N1)).toMatchObject({ availability: { reports: 1 } })
      await snapshot(CITY, [place('c1', 30, { capacity: 20 })])
      await snapshot(OSM, [place('n1', 0, { capacity: 5 })])
      expect(await idsOnMap()).toEqual([N1])
      expect(await listMatchQuestions(deps.db, 10)).toEqual([])
    })

    it('keeps a doubtful pair apart permanently, however similar they become', async () => {
      await decideMatch(deps, await doubtful(), 'split', 'a test')
      await snapshot(CITY, [place('c1', 1, { capacity: 6 })])
      expect(await idsOnMap()).toHaveLength(2)
      expect(await listMatchQuestions(deps.db, 10)).toEqual([])
    })

    it('splits an automatic match, and joins it again', async () => {
      await snapshot(OSM, [place('n1', 0, { capacity: 6 })])
      await snapshot(CITY, [place('c1', 3, { capacity: 8 })])
      expect(await idsOnMap()).toEqual([N1])
      await splitZone(deps, N1, 'city', 'a test')
      expect((await idsOnMap()).toSorted()).toEqual([C1, N1].toSorted())
      expect(await zone(N1)).toMatchObject({ capacity: 6, sources: [{ id: 'osm' }] })
      expect(await zone(C1)).toMatchObject({ id: C1, capacity: 8 })
      await snapshot(CITY, [place('c1', 2, { capacity: 6 })])
      expect(await idsOnMap()).toHaveLength(2)
      await joinZones(deps, [N1, C1], 'a test')
      expect(await idsOnMap()).toHaveLength(1)
      expect(await zone(C1)).toMatchObject({ id: (await idsOnMap())[0] })
    })

    it('is rejected for zones and questions that do not exist', async () => {
      await snapshot(OSM, [place('n1', 0)])
      await expect(decideMatch(deps, 'nothing', 'merged', 'a test')).rejects.toMatchObject({ code: 'not-found' })
      await expect(splitZone(deps, N1, 'city', 'a test')).rejects.toMatchObject({ code: 'invalid-request' })
      await expect(joinZones(deps, [N1, 'elsewhere'], 'a test')).rejects.toMatchObject({ code: 'zone-not-found' })
      await expect(joinZones(deps, [N1, N1], 'a test')).rejects.toMatchObject({ code: 'invalid-request' })
    })

    it('is made at the command line, which explains the match', { timeout: 120_000 }, async () => {
      const id = await doubtful()
      expect((await kickstand('review', 'list')).stdout).toMatch(
        new RegExp(`^match:${id} .*city c1.*osm n1.*16 m apart`),
      )
      expect((await kickstand('review', 'show', `match:${id}`)).stdout).toMatch(
        /Open: is this one place\?[^]*9 and 6 spaces/,
      )
      expect((await kickstand('zones', 'why', N1)).stdout).toMatch(
        /Nearby, but separate zones[^]*doubtful, pending as match:/,
      )
      expect(await kickstand('review', 'accept', `match:${id}`)).toMatchObject({ code: 0 })
      expect((await kickstand('review', 'list')).stdout).toBe('The queue is empty.\n')
      const why = (await kickstand('zones', 'why', C1)).stdout
      expect(why).toMatch(
        /was merged into this zone[^]*capacity +\* 9 {2}city \(official[^]*6 {2}osm \(community[^]*command line: merged/,
      )
      expect(await kickstand('review', 'show', 'pigeon:1')).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('no kind "pigeon"'),
      })
    })
  })

  const kickstand = (...args: string[]): Promise<Ran> => runCommand(args, { databaseUrl: database.url })
})
