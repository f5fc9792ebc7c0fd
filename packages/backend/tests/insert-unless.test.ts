import { createEventLog, newId, openDatabase, sleep, systemClock, type EventLog } from '@kickstand/backend'
import { forEachEngine, type TestDatabase } from '@kickstand/testkit/engines'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Database } from '#db/open-database.ts'
import type { Lookup, RowInsert } from '#db/row-inserts.ts'

const SOURCES = { type: 'sources' } as const

/** The table `secrets` stands for any table with a unique key. */
function secrets(...names: readonly string[]): RowInsert {
  const rows = names.map((name) => [name, `value of ${name}`])
  return { table: 'secrets', columns: ['name', 'value'], rows, ignoresDuplicates: false }
}

function named(...keys: readonly string[]): Lookup<'secrets'> {
  return { table: 'secrets', column: 'name', keys }
}

forEachEngine((engine) => {
  let place: TestDatabase
  let database: Database
  let log: EventLog
  let seenSeqs: number[]

  beforeEach(async () => {
    place = await engine.open()
    database = await openDatabase(place.url, systemClock)
    log = createEventLog(database, systemClock, newId(), sleep)
    seenSeqs = []
    log.onCommitted((events) => seenSeqs.push(...events.map(({ seq }) => seq)))
  })
  afterEach(async () => {
    await database.close()
    await place.dispose()
  })

  async function stored(): Promise<string[]> {
    const rows = await database.db.selectFrom('secrets').select('name').orderBy('name').execute()
    return rows.map(({ name }) => name)
  }

  it('rows are stored with their event; if some exist, those are returned and nothing is stored', async () => {
    expect(await log.insertUnless(named('a', 'b'), [secrets('a', 'b')], SOURCES)).toEqual([])
    const found = await log.insertUnless(named('c', 'b'), [secrets('c', 'd')], SOURCES)
    expect(found).toEqual([{ name: 'b', value: 'value of b' }])
    expect(await stored()).toEqual(['a', 'b'])
    expect(await log.insertUnless(named(), [secrets('e')], SOURCES)).toEqual([])
    expect(seenSeqs).toEqual([1, 2])
  })

  it('a duplicate key rejects all rows, and the sequence number is reused', async () => {
    await log.insertUnless(named(), [secrets('a')], SOURCES)
    const failed = await log.insertUnless(named('b'), [secrets('b', 'a')], SOURCES).catch((error: unknown) => error)
    expect(database.engine.isDuplicate(failed)).toBe(true)
    await log.insertUnless(named(), [{ ...secrets('a', 'c'), ignoresDuplicates: true }], SOURCES)
    expect(await stored()).toEqual(['a', 'c'])
    expect(seenSeqs).toEqual([1, 2])
  })

  it('works with concurrent writers', async () => {
    const names = Array.from({ length: 60 }, (_, i) => `n${String(i).padStart(2, '0')}`)
    await Promise.all(
      names.map((name, i) => {
        if (i % 3 === 0) return log.insertUnless(named(name), [secrets(name)], SOURCES)
        const row = { name, value: '' }
        if (i % 3 === 1) return database.db.insertInto('secrets').values(row).execute()
        return log.commit(async (tx, append) => {
          await tx.insertInto('secrets').values(row).execute()
          append(SOURCES)
        })
      }),
    )
    expect(await stored()).toEqual(names)
    expect(seenSeqs).toEqual(Array.from({ length: 40 }, (_, i) => i + 1))
  })
})
