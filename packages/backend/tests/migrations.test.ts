import { fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { openDatabase, systemClock } from '@kickstand/backend'
import { forEachEngine, type TestDatabase } from '@kickstand/testkit/engines'
import { Kysely, sql } from 'kysely'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { migrate, MIGRATIONS, type Migration } from '#db/migrate.ts'
import { engineFor } from '#db/open-database.ts'
import type { Schema } from '#db/schema.ts'

const OPENER = path.join(import.meta.dirname, 'processes/open-and-close.ts')

/** A database whose schema cannot be changed any more after so many statements. */
function cutOff(db: Kysely<Schema>, after: number): Kysely<Schema> {
  let left = after
  return new Proxy(db, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target)
      if (name === 'schema') {
        if (left === 0) throw new Error('cut off')
        left -= 1
      }
      return value
    },
  })
}

forEachEngine((engine) => {
  let place: TestDatabase
  beforeEach(async () => {
    place = await engine.open()
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

  /** Tables with their columns, and indexes with theirs, as text to be looked at when it changes. */
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

  it('make the schema that is written down', async () => {
    await (await openDatabase(place.url, systemClock)).close()
    await expect(await schemaText()).toMatchFileSnapshot(`snapshots/schema.${engine.name}.txt`)
  })

  it('are run once: opening again changes nothing', async () => {
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

  it.each([1, 4, 9])(
    'go on where they were cut off after %d statements, and end with the same schema',
    async (after) => {
      await (await openDatabase(place.url, systemClock)).close()
      const whole = await schemaText()
      await place.dispose()
      place = await engine.open()
      const cut = MIGRATIONS.map((migration): Migration => ({
        ...migration,
        up: (db, itsEngine) => migration.up(cutOff(db, after), itsEngine),
      }))
      await withRaw((db) => expect(migrate(db, engineFor(place.url), systemClock, cut)).rejects.toThrow('cut off'))
      await (await openDatabase(place.url, systemClock)).close()
      expect(await schemaText()).toBe(whole)
    },
  )

  it('are run by one of two processes that start at once, and both then work', { timeout: 120_000 }, async () => {
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
  })

  it('refuse a database that a newer version has migrated, and leave it alone', async () => {
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
