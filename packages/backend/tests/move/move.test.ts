import { transferDatabase, openDatabase, systemClock, type Database, type MoveProgress } from '@kickstand/backend'
import { AN_ACTOR } from '@kickstand/testkit'
import { forEachEngine, onNetworkEngine, type TestDatabase, type TestEngine } from '@kickstand/testkit/engines'
import { startTestService } from '@kickstand/testkit/start-service'
import { sql } from 'kysely'
import { afterEach, describe, expect, it } from 'vitest'
import { connectDatabase } from '#db/open-database.ts'
import { openFileDatabase } from '../support/file-database.ts'
import { dump, fillAwkwardly } from './awkward-rows.ts'

const ROWS = 1_100
const AUDIT = { clock: systemClock, actor: AN_ACTOR }
/** The audit log of the target has the entry of the move. */
const isCopied = (table: string): boolean => !table.startsWith('audit_')

const opened: TestDatabase[] = []
async function open(engine: Pick<TestEngine, 'openEmpty'>): Promise<string> {
  const database = await engine.openEmpty()
  opened.push(database)
  return database.url
}
afterEach(async () => {
  for (const database of opened.splice(0)) await database.dispose()
})

async function withDatabase<T>(url: string, work: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase(url, systemClock)
  try {
    return await work(database)
  } finally {
    await database.close()
  }
}

/** Moves with small commits until `isEnough`, then is interrupted. */
async function moveUntil(from: string, to: string, isEnough: (progress: MoveProgress) => boolean): Promise<void> {
  const cut = new Error('cut off')
  const move = transferDatabase(AUDIT, {
    from,
    to,
    rowsPerCommit: 500,
    onProgress(progress) {
      if (isEnough(progress)) throw cut
    },
  })
  await expect(move).rejects.toThrow(cut)
}

const isDone = (progress: MoveProgress): boolean =>
  progress.step === 'copy' && progress.table === 'estimates' && progress.copied === progress.of
const isHalfDone = (progress: MoveProgress): boolean =>
  progress.step === 'copy' && progress.table === 'events' && progress.copied === 500

const file = { openEmpty: openFileDatabase }

forEachEngine((middle) => {
  // The rows are written and read here with plain SQL, so that the test does not depend on the code of the move.
  describe('a move there and back', () => {
    it('copies every table and every value exactly', { timeout: 240_000 }, async () => {
      const [from, between, back] = [await open(file), await open(middle), await open(file)]
      const tables = await withDatabase(from, (database) => fillAwkwardly(database, ROWS))
      const copied = tables.filter(isCopied)
      const before = await withDatabase(from, (database) => dump(database, copied))

      const there = await transferDatabase(AUDIT, { from, to: between })
      expect(there.tables.filter(({ equal }) => !equal)).toEqual([])
      expect(there.tables.map(({ table }) => table)).toEqual(tables.toSorted())
      expect(there.tables.every(({ target }) => target.rows === ROWS)).toBe(true)

      const home = await transferDatabase(AUDIT, { from: between, to: back })
      expect(home.tables.every(({ equal }) => equal)).toBe(true)
      expect(home.tables.flatMap(({ table, target }) => (isCopied(table) ? [target] : []))).toEqual(
        there.tables.flatMap(({ table, source }) => (isCopied(table) ? [source] : [])),
      )
      expect(await withDatabase(back, (database) => dump(database, copied))).toEqual(before)
    })
  })

  describe('a move', () => {
    it('resumes after an interruption; no server starts before it has ended', async () => {
      const [from, to] = [await open(file), await open(middle)]
      await withDatabase(from, (database) => fillAwkwardly(database, ROWS))
      await moveUntil(from, to, isHalfDone)
      await expect(startTestService({ url: to })).rejects.toThrow(/move that has not ended/)

      const report = await transferDatabase(AUDIT, { from, to })
      expect(report).toMatchObject({ equal: true, resumed: true })
      const before = report.tables.findIndex(({ table }) => table === 'events')
      expect(report.copied).toBe((report.tables.length - before) * ROWS - 500)
      await withDatabase(to, () => Promise.resolve())
    })

    it('names the table that differs, and leaves the target locked', async () => {
      const [from, to] = [await open(file), await open(middle)]
      await withDatabase(from, (database) => fillAwkwardly(database, 20))
      await moveUntil(from, to, isDone)
      await tamper(to)
      const report = await transferDatabase(AUDIT, { from, to })
      expect(report.equal).toBe(false)
      expect(report.tables.filter(({ equal }) => !equal).map(({ table }) => table)).toEqual(['estimates'])
      await expect(openDatabase(to, systemClock)).rejects.toThrow(/move that has not ended/)
    })

    it('requires an empty target', async () => {
      const [from, to] = [await open(file), await open(middle)]
      await withDatabase(from, (database) => fillAwkwardly(database, 3))
      await withDatabase(to, ({ db }) => db.insertInto('riders').values({ id: 'r', created_at: 1 }).execute())
      await expect(transferDatabase(AUDIT, { from, to })).rejects.toThrow(/is not empty: riders \(1\)/)
    })

    it('is not resumed from another source', async () => {
      const [from, other, to] = [await open(file), await open(file), await open(middle)]
      for (const url of [from, other]) await withDatabase(url, (database) => fillAwkwardly(database, 20))
      await withDatabase(other, ({ db }) =>
        db
          .insertInto('events')
          .values({ ...EVENT })
          .execute(),
      )
      await moveUntil(from, to, isDone)
      await expect(transferDatabase(AUDIT, { from: other, to })).rejects.toThrow(/part of a move from another database/)
    })

    it('is rejected while a server runs on the source', async () => {
      const [from, to] = [await open(middle), await open(file)]
      const service = await startTestService({ url: from })
      try {
        await expect(transferDatabase(AUDIT, { from, to })).rejects.toThrow(/open in another process|is in use/)
      } finally {
        await service.stop()
      }
      expect(await transferDatabase(AUDIT, { from, to })).toMatchObject({ equal: true })
    })

    it('requires a source with the current schema', async () => {
      const [from, to] = [await open(middle), await open(file)]
      await withDatabase(from, ({ db }) => db.deleteFrom('schema_migrations').where('number', '=', 2).execute())
      await expect(transferDatabase(AUDIT, { from, to })).rejects.toThrow(/kickstand migrate/)
    })

    it('names tables of other programs, and does not copy them', async () => {
      const [from, to] = [await open(middle), await open(file)]
      await withDatabase(from, ({ db }) => sql`create table notes (id integer primary key)`.execute(db))
      expect(await transferDatabase(AUDIT, { from, to })).toMatchObject({ equal: true, unknownTables: ['notes'] })
    })
  })
})

onNetworkEngine((strict) => {
  it('a value that is too long for the target is named with its row', async () => {
    const [from, to] = [await open(file), await open(strict)]
    await withDatabase(from, ({ db }) =>
      db
        .insertInto('secrets')
        .values([
          { name: 'short', value: 'x' },
          { name: 'long', value: 'x'.repeat(65) },
        ])
        .execute(),
    )
    await expect(transferDatabase(AUDIT, { from, to })).rejects.toThrow(/row of secrets with name "long".*value/)
  })

  it('a server that started on the source meanwhile is detected at the end, and the target stays locked', async () => {
    const [from, to] = [await open(strict), await open(file)]
    await withDatabase(from, () => Promise.resolve())
    const other = connectDatabase(from)
    const arrival: Promise<unknown>[] = []
    const move = transferDatabase(AUDIT, {
      from,
      to,
      onProgress() {
        if (arrival.length === 0) arrival.push(other.db.selectFrom('zones').select('id').execute())
      },
    })
    await expect(move).rejects.toThrow(/is in use/)
    await Promise.all(arrival)
    await other.close()
    await expect(openDatabase(to, systemClock)).rejects.toThrow(/move that has not ended/)
    expect(await transferDatabase(AUDIT, { from, to })).toMatchObject({ equal: true, resumed: true, copied: 0 })
  })
})

const EVENT = { producer: 'other', seq: 1, at: 1, type: 'sources', payload: '{}' } as const

/** Changes one byte of a copied row, as a disk error would. */
async function tamper(url: string): Promise<void> {
  const { db, close } = connectDatabase(url)
  await db.updateTable('estimates').set({ cut_at: 4711 }).where('zone_id', '=', 'k🏍\u00011').execute()
  await close()
}
