import { paths, type ContributionCreatedBody } from '@kickstand/contract'
import { forEachEngine, type TestDatabase } from '@kickstand/testkit/engines'
import { runCommand, type Ran } from '@kickstand/testkit/run-command'
import { seedZones } from '@kickstand/testkit/seed-zones'
import { startTestService, type TestService } from '@kickstand/testkit/start-service'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { riderIdFor } from '#platform/ids.ts'

const ZONE = { id: 'zone000001', lat: 48.1, lng: 11.5, name: 'Market Street' }
const secretOf = (n: number): string => `secret-of-the-device-number-${n}`

forEachEngine((engine) => {
  describe('kickstand review', () => {
    let database: TestDatabase
    let service: TestService
    beforeAll(async () => {
      database = await engine.open()
      service = await startTestService({ url: database.url, env: { KICKSTAND_TRUSTED_PROXIES: '127.0.0.1' } })
      await seedZones(service.service.context.eventLog, [ZONE])
      await service.service.context.tail.catchUp()
      for (const n of [1, 2, 3]) await say(n, { field: 'covered', value: true })
      await say(4, { field: 'gone', value: true, note: 'dug up' })
    })
    afterAll(async () => {
      await service.stop()
      await database.dispose()
    })

    async function say(n: number, contribution: object): Promise<void> {
      const headers = { authorization: `Bearer ${secretOf(n)}`, 'x-forwarded-for': `93.184.${n}.7` }
      const position = { lat: ZONE.lat, lng: ZONE.lng }
      const answer = await service.post(paths.zoneContributions(ZONE.id), { ...contribution, position }, headers)
      expect(((await answer.json()) as ContributionCreatedBody).contribution).not.toBeNull()
    }
    const review = (...args: string[]): Promise<Ran> => runCommand(['review', ...args], { databaseUrl: database.url })
    async function json(...args: string[]): Promise<unknown> {
      const { code, stdout, stderr } = await review(...args, '--json')
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      return JSON.parse(stdout)
    }

    it(
      'lists the queue with the alarm first, lists shown contributions separately, and undoes those of a rider',
      { timeout: 240_000 },
      async () => {
        const { stdout } = await review('list')
        expect(stdout.split('\n')[0]).toMatch(
          /^alarm:48\.100,11\.500  .*ALARM: 1 zone is reported gone or closed by 1 rider on 1 network, 0 with a record$/,
        )
        expect(stdout).toContain('Market Street: gone is true, from 1 rider, 0 with a record')
        expect(stdout).not.toContain('covered')
        expect(await json('list', '--shown')).toMatchObject([
          { zoneId: ZONE.id, zone: ZONE.name, about: 'covered is true, from 3 riders', state: 'shown' },
        ])
        const rider = riderIdFor(secretOf(3))
        const undone = {
          contributor: { kind: 'rider', id: rider },
          contributions: 1,
          reports: 0,
          photos: 0,
          zoneIds: [ZONE.id],
        }
        expect(await json('undo', '--rider', rider, '--dry-run')).toEqual({ ...undone, dryRun: true })
        expect(await json('list', '--shown')).toHaveLength(1)
        expect(await json('list', '--undone')).toEqual([])
        const done = await review('undo', '--rider', rider, '--by', 'mo', '--reason', 'not there')
        expect(done.stdout).toBe(
          `Undone: 1 contribution, 0 reports, 0 photos of rider ${rider}.\n  zone ${ZONE.id}\nTo see the record: kickstand review show rider:${rider}\n`,
        )
        expect(await json('list', '--shown')).toEqual([])
        expect(await json('list', '--undone')).toMatchObject([{ id: `rider:${rider}`, by: 'mo', reason: 'not there' }])
        const shown = await review('show', `rider:${rider}`)
        expect(shown.stdout).toMatch(/covered is true .*undone/)
        expect(shown.stdout).toMatch(/undone by mo: not there/)
      },
    )

    it(
      'rejects an undo without a rider or network, with both, and of an unknown one',
      { timeout: 120_000 },
      async () => {
        for (const args of [
          ['undo'],
          ['undo', '--rider', 'a', '--network', 'b'],
          ['undo', '--rider', 'nobodyatall00'],
        ]) {
          const { code, stdout, stderr } = await review(...args)
          expect([code, stdout]).toEqual([2, ''])
          expect(stderr).toMatch(/^kickstand: .+\n$/)
        }
      },
    )
  })
})
