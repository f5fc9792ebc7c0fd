import { AN_ACTOR, aSource, aSourceZone } from '@kickstand/testkit'
import { forEachEngine } from '@kickstand/testkit/engines'
import { startTestService } from '@kickstand/testkit/start-service'
import { beforeEach, describe, expect, it } from 'vitest'
import { allEntries, listEntries, type ShownEntry } from '#audit/list-entries.ts'
import { sealEntries } from '#audit/seal-entries.ts'
import { verifyChain, type BrokenLink } from '#audit/verify-chain.ts'
import { writeEntry } from '#audit/write-entry.ts'
import { createFeedKey } from '#features/tokens/feed-keys.ts'
import { revokeToken } from '#features/tokens/revoke-token.ts'
import { eraseValues } from '#audit/erase-values.ts'
import { personal } from '#audit/personal-values.ts'
import { openDatabase } from '#db/open-database.ts'
import { runTransaction } from '#db/run-transaction.ts'
import { joinZones, splitZone } from '#features/zones/decide-match.ts'
import { importSnapshot } from '#features/zones/import-snapshot.ts'
import { removeSource } from '#features/zones/remove-source.ts'
import { undoSource } from '#features/zones/undo-source.ts'
import { zoneIdFor } from '#platform/ids.ts'
import { useService } from './support/use-service.ts'

forEachEngine((engine) => {
  // Without jobs, which would seal entries between the steps of a test.
  const at = useService(engine, { env: { KICKSTAND_ROLES: 'api' } })
  const deps = () => {
    const { database, eventLog } = at().service.context
    return { db: database.db, engine: database.engine, database, eventLog, clock: at().clock.now, actor: AN_ACTOR }
  }
  async function all(): Promise<ShownEntry[]> {
    const entries: ShownEntry[] = []
    for await (const entry of allEntries(deps().db, 2)) entries.push(entry)
    return entries
  }
  async function change(id: string, reason: string | null = null): Promise<void> {
    await deps()
      .db.transaction()
      .execute((tx) =>
        writeEntry(tx, deps(), {
          action: 'zones:join',
          object: { kind: 'thing', id },
          before: { size: 1 },
          after: { size: 2 },
          reason,
        }),
      )
  }

  beforeEach(async () => {
    const { db } = deps()
    for (const table of ['audit_queue', 'audit_links', 'audit_values', 'audit_entries'] as const)
      await db.deleteFrom(table).execute()
  })

  describe('the audit log', () => {
    it('has one entry of each change, with what was before and after, and none of what did not happen', async () => {
      const made = await createFeedKey(deps(), 'sensors', 'gate 3')
      await revokeToken(deps(), made.id)
      await expect(revokeToken(deps(), made.id)).rejects.toMatchObject({ code: 'token-not-found' })
      const zones = ['one', 'two'].map((ref, i) => aSourceZone({ lat: 40 + i, lng: 9 }, ref))
      for (const id of ['city-a', 'city-b']) await importSnapshot(deps(), { source: aSource({ id }), rows: zones })
      const [one, other] = [zoneIdFor('city-a', 'one'), zoneIdFor('city-a', 'two')]
      await joinZones(deps(), [one, other], 'mo')
      await splitZone(deps(), one, 'city-b', 'mo')
      await removeSource(deps(), 'city-b', true)
      await removeSource(deps(), 'city-b')
      await undoSource(deps(), 'city-b', true)
      await undoSource(deps(), 'city-b')

      const entries = (await all()).toReversed()
      expect(entries.map(({ action, object }) => [action, `${object.kind}:${object.id}`])).toEqual([
        ['tokens:create', `token:${made.id}`],
        ['tokens:revoke', `token:${made.id}`],
        ['sources:import', 'source:city-a'],
        ['sources:import', 'source:city-b'],
        ['zones:join', `zone:${one}`],
        ['zones:split', `zone:${one}`],
        ['sources:remove', 'source:city-b'],
        ['sources:undo', 'source:city-b'],
      ])
      expect(entries[0]).toMatchObject({
        actor: { kind: 'command', name: AN_ACTOR.name },
        before: null,
        after: { name: 'gate 3', scopes: ['readings:write'], feedId: 'sensors', networks: [], expiresAt: null },
        reason: null,
        at: new Date(at().clock.now()).toISOString(),
      })
      expect(JSON.stringify(entries)).not.toContain(made.key)
      expect(entries[2]).toMatchObject({ before: null, after: { zones: 2, added: 2, name: 'Test City' } })
      expect(entries[7]).toMatchObject({ before: { change: 'removal' } })
    })

    it('has no entry of an import that changed nothing, and one of changed settings', async () => {
      const rows = [aSourceZone({ lat: 42, lng: 9 }, 'one')]
      const source = aSource({ id: 'city-c' })
      await importSnapshot(deps(), { source, rows })
      await importSnapshot(deps(), { source, rows })
      await importSnapshot(deps(), {
        source,
        rows: [aSourceZone({ lat: 42, lng: 9, capacity: 77 }, 'one')],
        dryRun: true,
      })
      await importSnapshot(deps(), { source: { ...source, attribution: 'The city' }, rows })
      await importSnapshot(deps(), { source: { ...source, id: 'city-d' }, rows: [] })
      expect((await all()).toReversed().map(({ before, after }) => [before, after])).toMatchObject([
        [null, { zones: 1, added: 1 }],
        [{ attribution: 'Test City open data' }, { attribution: 'The city', added: 0, updated: 0 }],
      ])
    })

    it('has the entry of an interrupted import once the next one ends, even if nothing was left to write', async () => {
      const { eventLog, db } = deps()
      const source = aSource({ id: 'city-e' })
      const rows = [aSourceZone({ lat: 43, lng: 9 }, 'one')]
      let commits = 0
      const failing = {
        ...eventLog,
        commit: (async (work) => {
          commits += 1
          if (commits === 3) throw new Error('killed')
          return eventLog.commit(work)
        }) as typeof eventLog.commit,
      }
      await expect(importSnapshot({ ...deps(), eventLog: failing }, { source, rows })).rejects.toThrow('killed')
      expect(
        await db.selectFrom('zone_sources').select('ref').where('source_id', '=', 'city-e').execute(),
      ).toHaveLength(1)
      expect(await all()).toEqual([])
      await importSnapshot(deps(), { source, rows })
      await importSnapshot(deps(), { source, rows })
      expect(await all()).toMatchObject([{ action: 'sources:import', after: { resumes: true, added: 0 } }])
    })

    it('is listed by action and object, the newest first, page by page', async () => {
      for (const id of ['a', 'b', 'a', 'c']) await change(id, id === 'c' ? 'because' : null)
      expect((await all()).map(({ object }) => object.id)).toEqual(['c', 'a', 'b', 'a'])
      const { db } = deps()
      const ofA = await listEntries(db, { limit: 9, object: { kind: 'thing', id: 'a' } })
      expect(ofA).toHaveLength(2)
      expect(await listEntries(db, { limit: 9, action: 'zones:split' })).toEqual([])
      expect((await listEntries(db, { limit: 1 })).map(({ reason }) => reason)).toEqual(['because'])
    })
  })

  describe('the chain of the audit log', () => {
    /** Five sealed entries. */
    async function five(): Promise<string[]> {
      for (const id of ['a', 'b', 'c', 'd', 'e']) await change(id, `why ${id}`)
      expect(await sealEntries(deps().database)).toBe(5)
      return (await all()).toReversed().map(({ id }) => id)
    }

    it('covers all entries, and entries can wait for it', async () => {
      await five()
      await change('f')
      const verified = await verifyChain(deps().db)
      expect(verified).toMatchObject({ entries: 5, unsealed: 1, head: { seq: 5 }, broken: null })
      expect(await sealEntries(deps().database)).toBe(1)
      expect(await verifyChain(deps().db, verified.head)).toMatchObject({ entries: 6, unsealed: 0, broken: null })
    })

    it('is sealed by a running service with jobs', async () => {
      await change('a')
      const other = await startTestService({ url: at().database.url })
      await expect.poll(async () => (await verifyChain(deps().db)).entries, { timeout: 40_000 }).toBe(1)
      await other.stop()
    })

    it('has no gap and no fork when many write and seal at once', async () => {
      const work = Array.from({ length: 40 }, async (_, i) => {
        await change(`x${i}`)
        await sealEntries(deps().database)
      })
      await Promise.all(work)
      await sealEntries(deps().database)
      expect(await verifyChain(deps().db)).toMatchObject({ entries: 40, unsealed: 0, head: { seq: 40 }, broken: null })
    })

    // Not with a file: the connections of one process would wait for each other's locks.
    it.skipIf(engine.name === 'sqlite')(
      'has no gap and no fork when several servers write and seal at once',
      async () => {
        const servers = await Promise.all([1, 2, 3].map(() => openDatabase(at().database.url, at().clock.now)))
        const write = async (server: (typeof servers)[number], id: string): Promise<void> => {
          await runTransaction(server, (tx) => {
            const object = { kind: 'thing', id }
            return writeEntry(tx, deps(), { action: 'zones:join', object, before: null, after: null })
          })
          await sealEntries(server)
        }
        const work = servers.flatMap((server, n) => Array.from({ length: 20 }, (_, i) => write(server, `s${n}-${i}`)))
        await Promise.all(work)
        await Promise.all(servers.map(sealEntries))
        await sealEntries(deps().database)
        for (const server of servers) await server.close()
        expect(await verifyChain(deps().db)).toMatchObject({
          entries: 60,
          unsealed: 0,
          head: { seq: 60 },
          broken: null,
        })
      },
    )

    /** An entry of a request with everything that an entry can have. */
    async function anEntryOfARequest(): Promise<string> {
      const actor = {
        kind: 'account',
        name: 'Anna',
        id: 'anna',
        request: { id: 'request-1', network: 'net-1' },
      } as const
      const joined = {
        action: 'zones:join',
        object: { kind: 'thing', id: 'z' },
        organisationId: 'city',
        before: null,
        after: { email: personal('anna@example.org', 'anna') },
      } as const
      await deps()
        .db.transaction()
        .execute((tx) => writeEntry(tx, { ...deps(), actor }, joined))
      await sealEntries(deps().database)
      return (await all())[0].id
    }

    it('stands when personal values are erased', async () => {
      const [first] = await five()
      await deps().db.deleteFrom('audit_values').where('entry_id', '=', first).execute()
      await anEntryOfARequest()
      await deps()
        .db.transaction()
        .execute((tx) => eraseValues(tx, ['anna']))
      expect((await verifyChain(deps().db)).broken).toBeNull()
      expect((await all()).at(-1)).toMatchObject({ actor: { kind: 'command', name: null }, reason: null })
      expect((await all())[0]).toMatchObject({ actor: { kind: 'account', name: null }, after: { email: null } })
    })

    it.each(['organisation_id', 'request_id', 'network'] as const)(
      'is broken when the %s of an entry is changed',
      async (column) => {
        const id = await anEntryOfARequest()
        for (const value of ['other', null]) {
          await deps()
            .db.updateTable('audit_entries')
            .set({ [column]: value })
            .where('id', '=', id)
            .execute()
          expect((await verifyChain(deps().db)).broken).toEqual({ seq: 1, entryId: id, fault: 'changed' })
        }
      },
    )

    it('is broken when a personal value of the object is changed', async () => {
      const id = await anEntryOfARequest()
      const values = deps().db.updateTable('audit_values').where('field', '=', 'after.email')
      await values.set({ value: 'bert@example.org' }).execute()
      expect((await verifyChain(deps().db)).broken).toEqual({ seq: 1, entryId: id, fault: 'changed' })
    })

    const tampering: [string, (ids: readonly string[]) => Promise<unknown>, Omit<BrokenLink, 'entryId'>][] = [
      [
        'an entry is changed',
        ([, , id]) =>
          deps().db.updateTable('audit_entries').set({ value_after: '{"size":3}' }).where('id', '=', id).execute(),
        { seq: 3, fault: 'changed' },
      ],
      [
        'the time of an entry is changed',
        ([, id]) => deps().db.updateTable('audit_entries').set({ at: 1 }).where('id', '=', id).execute(),
        { seq: 2, fault: 'changed' },
      ],
      [
        'the name behind an entry is changed',
        ([, id]) =>
          deps().db.updateTable('audit_values').set({ value: 'somebody else' }).where('entry_id', '=', id).execute(),
        { seq: 2, fault: 'changed' },
      ],
      [
        'an entry is removed',
        ([, , , id]) => deps().db.deleteFrom('audit_entries').where('id', '=', id).execute(),
        { seq: 4, fault: 'removed' },
      ],
      [
        'an entry is removed with its link',
        async ([, id]) => {
          await deps().db.deleteFrom('audit_entries').where('id', '=', id).execute()
          await deps().db.deleteFrom('audit_links').where('entry_id', '=', id).execute()
        },
        { seq: 2, fault: 'removed' },
      ],
      [
        'an entry is inserted',
        async () => {
          await change('z')
          await deps().db.deleteFrom('audit_queue').execute()
        },
        { seq: null, fault: 'inserted' },
      ],
      [
        'an entry is removed before it joins the chain',
        async () => {
          await change('z')
          await deps()
            .db.deleteFrom('audit_entries')
            .where('id', 'in', ({ selectFrom }) => selectFrom('audit_queue').select('entry_id'))
            .execute()
        },
        { seq: null, fault: 'removed' },
      ],
      [
        'a link is replaced',
        ([, id]) => deps().db.updateTable('audit_links').set({ hash: 'x' }).where('entry_id', '=', id).execute(),
        { seq: 2, fault: 'changed' },
      ],
    ]
    it.each(tampering)('is broken at its place when %s', async (_, tamper, broken) => {
      const ids = await five()
      await tamper(ids)
      expect((await verifyChain(deps().db)).broken).toMatchObject(broken)
    })

    it('that lost its end, or was computed anew, does not contain an earlier head', async () => {
      const ids = await five()
      const { db, database } = deps()
      const { head } = await verifyChain(db)
      await db.updateTable('audit_entries').set({ value_after: null }).where('id', '=', ids[1]).execute()
      await db.deleteFrom('audit_links').execute()
      for (const id of ids) await db.insertInto('audit_queue').values({ entry_id: id }).execute()
      await sealEntries(database)
      expect((await verifyChain(db)).broken).toBeNull()
      expect((await verifyChain(db, head)).broken).toEqual({ seq: 5, entryId: ids[4], fault: 'changed' })
      await db.deleteFrom('audit_links').where('entry_id', '=', ids[4]).execute()
      await db.deleteFrom('audit_values').where('entry_id', '=', ids[4]).execute()
      await db.deleteFrom('audit_entries').where('id', '=', ids[4]).execute()
      expect((await verifyChain(db)).broken).toBeNull()
      expect((await verifyChain(db, head)).broken).toEqual({ seq: 5, entryId: null, fault: 'removed' })
    })
  })
})
