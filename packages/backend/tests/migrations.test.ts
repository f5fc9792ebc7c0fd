import { fork } from 'node:child_process'
import { hash } from 'node:crypto'
import { once } from 'node:events'
import path from 'node:path'
import { openDatabase, systemClock } from '@kickstand/backend'
import { forEachEngine, type TestDatabase } from '@kickstand/testkit/engines'
import { Kysely, sql } from 'kysely'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { sealEntries } from '#audit/seal-entries.ts'
import { verifyChain } from '#audit/verify-chain.ts'
import { writeEntry } from '#audit/write-entry.ts'
import type { Engine } from '#db/engine.ts'
import { migrate, MIGRATIONS } from '#db/migrate.ts'
import { engineFor } from '#db/open-database.ts'
import type { Schema } from '#db/schema.ts'
import { listFeedKeys } from '#features/tokens/feed-keys.ts'
import { createTokenFinder } from '#features/tokens/find-token.ts'
import { findKey } from '#http/idempotency/key-store.ts'
import { scopeKey } from '#http/idempotency/scoped-key.ts'
import { uptime } from '#platform/clock.ts'
import { fingerprint, hashOfKey } from '#platform/ids.ts'
import { CutOff, cutOffAfter } from './support/cut-off.ts'

const HOLDER = path.join(import.meta.dirname, 'processes/hold-migration.ts')
const OPENER = path.join(import.meta.dirname, 'processes/open-and-close.ts')

/**
 * The engine without the lock of migrations, which outlives a killed process until it expires; other tests cover that.
 * The lock of an embedded engine is its transaction and stays.
 */
function unlocked(engine: Engine): Engine {
  return engine.embedded ? engine : { ...engine, withMigrationLock: (db, work) => work(db, async () => undefined) }
}

forEachEngine((engine) => {
  let place: TestDatabase
  beforeEach(async () => {
    place = await engine.openEmpty()
  })
  afterEach(async () => {
    await place.dispose()
  })

  async function withRaw<T>(work: (db: Kysely<Schema>) => Promise<T>): Promise<T> {
    const db = new Kysely<Schema>({ dialect: engineFor(place.url).dialect })
    try {
      return await work(db)
    } finally {
      await db.destroy()
    }
  }

  /** Tables and indexes with their columns, as text for the snapshot. */
  async function schemaText(): Promise<string> {
    return withRaw(async (db) => {
      const lines: string[] = []
      for (const table of (await db.introspection.getTables()).toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
        lines.push(table.name)
        for (const column of table.columns) {
          lines.push(`  ${column.name} ${column.dataType.toLowerCase()}${column.isNullable ? '' : ' not null'}`)
        }
      }
      lines.push(...(await indexLines(db)))
      return lines.join('\n')
    })
  }

  async function indexLines(db: Kysely<Schema>): Promise<string[]> {
    const query =
      engine.name === 'sqlite'
        ? sql<{ line: string }>`select 'index ' || m.tbl_name || ' ' || i.name || ' (' || group_concat(c.name) || ')' ||
            case i."unique" when 1 then ' unique' else '' end as line
            from sqlite_master m, pragma_index_list(m.name) i, pragma_index_info(i.name) c
            where m.type = 'table' group by m.tbl_name, i.name order by 1`
        : sql<{ line: string }>`select concat('index ', table_name, ' ', index_name, ' (',
            group_concat(column_name order by seq_in_index), ')', if(max(non_unique) = 0, ' unique', '')) as line
            from information_schema.statistics where table_schema = database()
            group by table_name, index_name order by 1`
    return (await query.execute(db)).rows.map(({ line }) => line)
  }

  it('create the schema in the snapshot', async () => {
    await (await openDatabase(place.url, systemClock)).close()
    await expect(await schemaText()).toMatchFileSnapshot(`snapshots/schema.${engine.name}.txt`)
  })

  it('run once: opening the database again changes nothing', async () => {
    await (await openDatabase(place.url, systemClock)).close()
    const before = await schemaText()
    const again = await openDatabase(place.url, () => 1)
    const applied = await again.db.selectFrom('schema_migrations').selectAll().execute()
    expect(applied.map(({ number, name }) => [number, name])).toEqual(
      MIGRATIONS.map(({ number, name }) => [number, name]),
    )
    expect(applied.every(({ applied_at }) => applied_at > 1)).toBe(true)
    await again.close()
    expect(await schemaText()).toBe(before)
  })

  it('resume after an interruption at any statement, and end with the same schema', { timeout: 600_000 }, async () => {
    await withRaw((db) => migrate(db, unlocked(engineFor(place.url)), systemClock))
    const whole = await schemaText()
    await place.dispose()
    place = await engine.openEmpty()
    let places = 0
    for (let step = 1; step <= MIGRATIONS.length; step += 1) {
      // One statement more each time, on the database that the previous run left.
      for (let statements = 0; ; statements += 1) {
        const { db, wasCut } = cutOffAfter(engineFor(place.url).dialect, statements)
        await migrate(db, unlocked(engineFor(place.url)), systemClock, MIGRATIONS.slice(0, step)).catch(
          (error: unknown) => {
            if (!(error instanceof CutOff)) throw error
          },
        )
        await db.destroy()
        if (!wasCut()) break
        places += 1
      }
    }
    expect(places).toBeGreaterThan(50)
    expect(await schemaText()).toBe(whole)
  })

  it(
    'are run by one of three processes that start at once, and all three work afterwards',
    { timeout: 120_000 },
    async () => {
      const processes = Array.from({ length: 3 }, () =>
        fork(OPENER, [place.url], { execPath: process.execPath, silent: true }),
      )
      const errors = processes.map(() => '')
      for (const [i, one] of processes.entries())
        one.stderr?.on('data', (chunk: Buffer) => (errors[i] += chunk.toString()))
      const codes = await Promise.all(processes.map(async (one) => (await once(one, 'exit'))[0] as number))
      expect([codes, errors]).toEqual([
        [0, 0, 0],
        ['', '', ''],
      ])
      await withRaw(async (db) => {
        const applied = await db.selectFrom('schema_migrations').select('number').execute()
        expect(applied.map(({ number }) => number)).toEqual(MIGRATIONS.map(({ number }) => number))
      })
    },
  )

  it('are resumed after the process that ran them was killed', { timeout: 180_000 }, async () => {
    const holder = fork(HOLDER, [place.url], { execPath: process.execPath })
    await once(holder, 'message')
    holder.kill('SIGKILL')
    await once(holder, 'exit')
    const { db, close } = await openDatabase(place.url, systemClock)
    const applied = await db.selectFrom('schema_migrations').select('number').execute()
    await close()
    expect(applied.map(({ number }) => number)).toEqual(MIGRATIONS.map(({ number }) => number))
  })

  it('set the event order of reports that are older than stored estimates', async () => {
    await withRaw(async (db) => {
      await migrate(db, engineFor(place.url), systemClock, MIGRATIONS.slice(0, 1))
      for (const [id, effect] of [
        ['fresh', 'estimate'],
        ['late', 'history'],
      ]) {
        await sql`insert into reports (id, zone_id, rider_id, kind, count, observed_at, received_at, over_capacity, effect, payload_hash)
          values (${id}, 'zone000001', 'rider', 'count', 3, 1000, 2000, 0, ${effect}, 'x')`.execute(db)
      }
    })
    const { db, close } = await openDatabase(place.url, systemClock)
    const rows = await db
      .selectFrom('reports')
      .select(['id', 'event_order', 'outlier_probability', 'accuracy'])
      .orderBy('id')
      .execute()
    await close()
    expect(rows).toEqual([
      { id: 'fresh', event_order: 1000, outlier_probability: null, accuracy: null },
      { id: 'late', event_order: 2000, outlier_probability: null, accuracy: null },
    ])
  })

  it('carry over the idempotency keys of contributions and readings', async () => {
    const before = MIGRATIONS.findIndex(({ name }) => name === 'idempotency-keys')
    expect(before).toBeGreaterThan(0)
    await withRaw(async (db) => {
      await migrate(db, engineFor(place.url), systemClock, MIGRATIONS.slice(0, before))
      // As the version before hashed them.
      await sql`insert into rider_writes (id, rider_id, payload_hash, answer, received_at)
        values (${fingerprint('contribution rider1\nkey')}, 'rider1', 'hash1', '{"a":1}', 1000)`.execute(db)
      await sql`insert into reading_batches (id, payload_hash, answer, received_at)
        values (${fingerprint('sender1\nkey')}, 'hash2', '{"b":2}', 2000)`.execute(db)
    })
    const { db, close } = await openDatabase(place.url, systemClock)
    const found = []
    for (const key of [scopeKey('contributions', 'rider1', 'key'), scopeKey('readings', 'sender1', 'key')]) {
      if (key !== null) found.push(await findKey(db, key))
    }
    const names = (await db.introspection.getTables()).map(({ name }) => name)
    await close()
    expect(found).toMatchObject([
      { namespace: 'contributions', principal: 'rider1', payload_hash: 'hash1', answer: '{"a":1}', received_at: 1000 },
      { namespace: 'readings', principal: null, payload_hash: 'hash2', answer: '{"b":2}', received_at: 2000 },
    ])
    expect(names).not.toContain('rider_writes')
    expect(names).not.toContain('reading_batches')
  })

  it('turn the keys of feeds into tokens that keep working', async () => {
    const before = MIGRATIONS.findIndex(({ name }) => name === 'accounts')
    const keys = ['ks_feed_of-a-gate-that-sends-readings-0001', 'ks_feed_of-a-gate-that-was-taken-down-0002']
    await withRaw(async (db) => {
      await migrate(db, engineFor(place.url), systemClock, MIGRATIONS.slice(0, before))
      for (const [i, key] of keys.entries()) {
        await sql`insert into feed_keys (id, feed_id, hash, label, created_at, used_at, revoked_at)
          values (${`key${i}`}, 'my-city', ${hashOfKey(key)}, ${`gate ${i}`}, 1000, 2000, ${i === 0 ? null : 3000})`.execute(
          db,
        )
      }
    })
    const { db, close } = await openDatabase(place.url, systemClock)
    const finder = createTokenFinder({ db, clock: systemClock, uptime })
    const found = await Promise.all(keys.map((key) => finder.find(key, '198.51.100.7')))
    const listed = await listFeedKeys({ db }, 'my-city')
    const names = (await db.introspection.getTables()).map(({ name }) => name)
    await close()
    expect(found).toEqual([
      {
        kind: 'token',
        tokenId: 'key0',
        name: 'gate 0',
        scopes: ['readings:write'],
        organisationId: null,
        feedId: 'my-city',
      },
      null,
    ])
    const shown = listed.map(({ id, createdAt, revokedAt }) => [id, createdAt, revokedAt])
    // Newest first.
    expect(shown).toEqual([
      ['key1', 1000, 3000],
      ['key0', 1000, null],
    ])
    expect(names).not.toContain('feed_keys')
  })

  it('keep the chain of the audit log whole', async () => {
    const before = MIGRATIONS.findIndex(({ name }) => name === 'accounts')
    await withRaw(async (db) => {
      await migrate(db, engineFor(place.url), systemClock, MIGRATIONS.slice(0, before))
      let last = ''
      for (const [i, reason] of [null, 'digest'].entries()) {
        // As the version before computed it.
        const entry = [
          `entry${i}`,
          1000 + i,
          'command',
          'actor',
          'things:change',
          'thing',
          'a',
          null,
          '{"size":2}',
          reason,
        ]
        last = hash('sha256', `${last}\n${i + 1}\n${JSON.stringify(entry)}`, 'base64url')
        await sql`insert into audit_entries values (${sql.join(entry)})`.execute(db)
        await sql`insert into audit_links values (${i + 1}, ${`entry${i}`}, ${last})`.execute(db)
      }
    })
    const database = await openDatabase(place.url, systemClock)
    const { db, close } = database
    const old = await verifyChain(db)
    const actor = { kind: 'account', name: 'Anna', id: 'a1', request: { id: 'r1', network: 'n1' } } as const
    const change = {
      action: 'things:change',
      object: { kind: 'thing', id: 'a' },
      organisationId: 'o1',
      before: null,
      after: {},
    }
    await db.transaction().execute((tx) => writeEntry(tx, { actor, clock: systemClock }, change))
    await sealEntries(database)
    const extended = await verifyChain(db, old.head)
    await db.updateTable('audit_entries').set({ network: 'n2' }).where('request_id', '=', 'r1').execute()
    const changed = await verifyChain(db)
    await close()
    expect(old).toMatchObject({ entries: 2, broken: null })
    expect(extended).toMatchObject({ entries: 3, broken: null })
    expect(changed.broken).toMatchObject({ seq: 3, fault: 'changed' })
  })

  it('reject a database of a newer version, and do not change it', async () => {
    await (await openDatabase(place.url, systemClock)).close()
    await withRaw(async (db) => {
      await db.insertInto('schema_migrations').values({ number: 999, name: 'of-tomorrow', applied_at: 0 }).execute()
    })
    await expect(openDatabase(place.url, systemClock)).rejects.toMatchObject({
      code: 'database-newer',
      message: expect.stringMatching(/schema 999; this one knows \d+.*Run that version or a later one/),
    })
  })
})
