import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { AN_ACTOR } from '@kickstand/testkit'
import { seedZones } from '@kickstand/testkit/seed-zones'
import { forEachEngine } from '@kickstand/testkit/engines'
import { describe, expect, it } from 'vitest'
import { recordReader } from '#app/read-records.ts'
import { sealEntries } from '#audit/seal-entries.ts'
import { writeEntry } from '#audit/write-entry.ts'
import { insertJobs } from '#jobs/lease-store.ts'
import { aSignedInAccount } from '../support/people.ts'
import { useService } from '../support/use-service.ts'

const HOUR_MS = 60 * 60_000

forEachEngine((engine) => {
  describe('records of an installation', () => {
    // Without jobs: the test decides when entries are sealed and which jobs are late.
    const at = useService(engine, { env: { KICKSTAND_ROLES: 'api' } })
    const figuresOf = async (measurement: string): Promise<object | null> => {
      const { figures, fault } = await recordReader(at().database.url, at().clock.now)(measurement)
      expect(fault).toBeNull()
      return figures
    }

    it('count admins and those without a second factor', async () => {
      expect(await figuresOf('admins')).toMatchObject({ admins: 0, withoutSecondFactor: 0 })
      const { accountId } = await aSignedInAccount(at(), { roles: ['admin'] })
      expect(await figuresOf('admins')).toMatchObject({ admins: 1, withoutSecondFactor: 1 })
      await at()
        .service.context.db.updateTable('accounts')
        .set({ totp_secret: 'a secret' })
        .where('id', '=', accountId)
        .execute()
      expect(await figuresOf('admins')).toMatchObject({ admins: 1, withoutSecondFactor: 0 })
      const suspended = { suspended_at: at().clock.now() - 1, suspension_reason: 'left' }
      await at().service.context.db.updateTable('accounts').set(suspended).where('id', '=', accountId).execute()
      expect(await figuresOf('admins')).toMatchObject({ admins: 0 })
    })

    it('name the first broken link of the audit log', async () => {
      const { db, database } = at().service.context
      const deps = { actor: AN_ACTOR, clock: at().clock.now }
      for (const id of ['a', 'b']) {
        const object = { kind: 'thing', id }
        const entry = { action: 'zones:join', object, before: null, after: { size: 2 }, reason: null } as const
        await db.transaction().execute((tx) => writeEntry(tx, deps, entry))
      }
      await sealEntries(database)
      expect(await figuresOf('audit-chain')).toMatchObject({ broken: 'none' })
      await db.updateTable('audit_entries').set({ action: 'zones:split' }).where('object_id', '=', 'a').execute()
      expect(await figuresOf('audit-chain')).toMatchObject({ broken: expect.stringMatching(/^changed at link \d+$/) })
    })

    it('count jobs that are late, but not those that never ran', async () => {
      const { db, database } = at().service.context
      await insertJobs(database, ['late', 'in-time', 'never-ran'])
      const due = async (name: string, at_: number) =>
        db.updateTable('jobs').set({ due_at: at_ }).where('name', '=', name).execute()
      await due('in-time', at().clock.now() - HOUR_MS + 1000)
      const before = await figuresOf('jobs')
      await due('late', at().clock.now() - HOUR_MS - 1000)
      expect(before).toMatchObject({ ran: 1, late: 0 })
      expect(await figuresOf('jobs')).toMatchObject({ ran: 2, late: 1 })
    })

    it('count feeds whose data is old or wrong', async () => {
      const now = at().clock.now()
      expect(await figuresOf('feeds')).toMatchObject({ feeds: 0, unhealthy: 0 })
      const row = {
        channel: 'live' as const,
        attempted_at: now,
        succeeded_at: now,
        newest_at: now,
        failures: 0,
        error: null,
        rows_taken: 5,
        rows_rejected: 0,
        rows_impossible: 0,
        zones: 5,
        lost_at: null,
        frozen_at: null,
        validators: '{}',
      }
      const { db } = at().service.context
      await db
        .insertInto('feed_channels')
        .values([
          { ...row, feed_id: 'fresh' },
          { ...row, feed_id: 'stopped', newest_at: now - 2 * HOUR_MS },
        ])
        .execute()
      expect(await figuresOf('feeds')).toMatchObject({ feeds: 2, unhealthy: 1 })
    })

    it('count zones that are on the map, and settings of the database that could lose answers', async () => {
      expect(await figuresOf('zones')).toEqual({ zones: 0, weaknesses: expect.any(Number) })
      await seedZones(at().service.context.eventLog, [{ id: 'shown' }, { id: 'gone', status: 'retired' }])
      expect(await figuresOf('zones')).toMatchObject({ zones: 1 })
    })

    it('that do not exist are a fault', async () => {
      expect(await recordReader(at().database.url, at().clock.now)('nothing')).toEqual({
        figures: null,
        fault: 'There is no record named nothing.',
      })
    })
  })
})

describe('records without a database', () => {
  it('are a fault, and no database is created', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'ks-records-'))
    try {
      const file = path.join(folder, 'none.db')
      const { fault } = await recordReader(`sqlite:${file}`, Date.now)('zones')
      expect(fault).toMatch(/none\.db does not exist yet/)
      expect(existsSync(file)).toBe(false)
      const away = await recordReader('mariadb://nobody:wrong@127.0.0.1:1/none', Date.now)('zones')
      expect(away).toMatchObject({ figures: null, fault: expect.any(String) })
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
