import { fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { ChangesBodySchema, paths, type ChangesBody } from '@kickstand/contract'
import { sleep } from '@kickstand/backend'
import { aSource } from '@kickstand/testkit'
import { forEachEngine } from '@kickstand/testkit/engines'
import { seedZones } from '@kickstand/testkit/seed-zones'
import { describe, expect, it } from 'vitest'
import { expectProblem, pointers } from '../support/expect-problem.ts'
import { expectShape } from '../support/expect-shape.ts'
import { useService } from '../support/use-service.ts'

const WRITERS = 3
const COMMITS = 40
const SHARED = 4
const WRITER = path.join(import.meta.dirname, '../processes/zone-writer.ts')

const own = (writer: number, n: number): string => `own${writer}${String(n).padStart(5, '0')}`
const allOf = (writer: number): string[] => Array.from({ length: COMMITS }, (_, n) => own(writer, n))

forEachEngine((engine) => {
  describe('during concurrent writes', () => {
    const zones = Array.from({ length: WRITERS }, (_, w) => allOf(w))
    const shared = Array.from({ length: SHARED }, (_, i) => `shared00${i}`)
    const at = useService(engine, { zones: [...zones.flat(), ...shared].map((id) => ({ id, capacity: 1 })) })

    it('a copy kept by following the cursor misses nothing', { timeout: 120_000 }, async () => {
      const copy = new Map<string, number | null>()
      let cursor: string | null = null
      /** Follows the cursor to the end, in pages of `limit`. */
      async function follow(limit: number): Promise<number> {
        for (let read = 0; ;) {
          const since: string = cursor === null ? '' : `&since=${cursor}`
          const answer = await at().get(`${paths.zoneChanges()}?limit=${limit}${since}`)
          const body = expectShape(ChangesBodySchema, await answer.json())
          for (const change of body.changes) {
            if (change.deleted) copy.delete(change.id)
            else copy.set(change.id, change.capacity)
          }
          cursor = body.cursor
          read += body.changes.length
          if (!body.hasMore) return read
        }
      }
      expect(await follow(50)).toBe(WRITERS * COMMITS + SHARED)

      const writers = zones.map((_, i) =>
        fork(WRITER, [at().database.url, String(i), String(COMMITS), String(SHARED)], { stdio: 'inherit' }),
      )
      await Promise.all(writers.map((writer) => once(writer, 'message')))
      for (const writer of writers) writer.send('go')
      const ended = Promise.all(writers.map((writer) => once(writer, 'exit')))
      const state = { running: true }
      void ended.finally(() => {
        state.running = false
      })
      let read = 0
      while (state.running) {
        read += await follow(7)
        await sleep(2)
      }
      expect((await ended).map(([code]) => Number(code))).toEqual(writers.map(() => 0))
      await follow(7)
      expect(read, 'it did read while they wrote').toBeGreaterThan(3 * 7)

      const rows = await at()
        .service.context.database.db.selectFrom('zones')
        .select(['id', 'capacity'])
        .where('status', '!=', 'retired')
        .execute()
      expect(Object.fromEntries(copy)).toEqual(Object.fromEntries(rows.map(({ id, capacity }) => [id, capacity])))
      const failed = Array.from({ length: COMMITS }, (_, n) => n).filter((n) => n % 8 === 7)
      expect(failed.map((n) => copy.get(own(0, n)))).toEqual(failed.map(() => 1))
      expect(copy.get(own(0, 4))).toBeUndefined()
    })
  })

  describe('the response', () => {
    const at = useService(engine, { zones: [{ id: 'aaaaaaaa1' }, { id: 'aaaaaaaa2' }, { id: 'aaaaaaaa3' }] })

    async function changes(query = ''): Promise<ChangesBody> {
      return expectShape(ChangesBodySchema, await (await at().get(paths.zoneChanges() + query)).json())
    }
    async function seed(zones: Parameters<typeof seedZones>[1]): Promise<void> {
      await seedZones(at().service.context.eventLog, zones)
    }

    it('contains all zones at first, in pages, then changed and removed zones, each once in its current state', async () => {
      const first = await changes('?limit=2')
      expect(first).toMatchObject({ hasMore: true, changes: [{ deleted: false }, { deleted: false }] })
      const second = await changes(`?limit=2&since=${first.cursor}`)
      expect(second).toMatchObject({ hasMore: false, changes: [{ id: 'aaaaaaaa3' }] })
      expect(await changes(`?since=${second.cursor}`)).toMatchObject({ changes: [], cursor: second.cursor })

      await seed([{ id: 'aaaaaaaa2', capacity: 33 }])
      await seed([{ id: 'aaaaaaaa1', status: 'retired' }])
      await seed([{ id: 'aaaaaaaa2', capacity: 34 }])
      const { changes: now, attribution } = await changes(`?since=${second.cursor}`)
      expect(now).toMatchObject([
        { id: 'aaaaaaaa1', deleted: true },
        { id: 'aaaaaaaa2', deleted: false, capacity: 34, licences: ['PDDL-1.0'] },
      ])
      expect(attribution).toMatchObject([{ source: 'test-city', licence: 'PDDL-1.0' }])
      expect((await changes()).changes.map(({ id, deleted }) => [id, deleted])).toEqual([
        ['aaaaaaaa3', false],
        ['aaaaaaaa1', true],
        ['aaaaaaaa2', false],
      ])
    })

    it('links the next page, may be cached briefly, and is not sent again to a client that has it', async () => {
      const answer = await at().get(`${paths.zoneChanges()}?limit=1`)
      expect(answer.headers.get('cache-control')).toMatch(/^public, max-age=5, s-maxage=10/)
      const next = /^<([^>]+)>; rel="next"$/.exec(answer.headers.get('link') ?? '')?.[1] ?? ''
      expect(await (await at().get(next)).json()).toMatchObject({ changes: [{ id: 'aaaaaaaa1' }] })
      const tag = { 'if-none-match': answer.headers.get('etag') ?? '' }
      expect((await at().get(`${paths.zoneChanges()}?limit=1`, tag)).status).toBe(304)
      await seed([{ id: 'aaaaaaaa3', capacity: 4 }])
      expect((await at().get(`${paths.zoneChanges()}?limit=1`, tag)).status).toBe(200)
      await seedZones(at().service.context.eventLog, [], aSource({ licence: 'ODbL-1.0' }))
      const { changes: relicensed } = await changes()
      expect(relicensed.flatMap((change) => (change.deleted ? [] : change.licences))).toEqual(['ODbL-1.0', 'ODbL-1.0'])
    })

    it('rejects an invalid cursor', async () => {
      for (const since of ['x', 'Y2hhbmdlczo', '%00', Buffer.from('changes:-1:a').toString('base64url')]) {
        const problem = await expectProblem(
          await at().get(`${paths.zoneChanges()}?since=${since}`),
          400,
          'invalid-request',
        )
        expect(pointers(problem)).toEqual(['?since'])
      }
    })
  })
})
