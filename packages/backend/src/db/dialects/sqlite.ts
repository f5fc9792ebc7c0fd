import { existsSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { DomainError } from '@kickstand/domain'
import { Kysely, sql, SqliteDialect, type SqliteDatabase, type SqliteStatement } from 'kysely'
import type { Engine } from '../engine.ts'
import type { Lookup, RowInsert } from '../row-inserts.ts'
import type { Db, Row, Schema } from '../schema.ts'
import { createMutex } from '#platform/mutex.ts'
import { createBatchRunner, type Batch, type FoundRow } from './sqlite-batch.ts'
import { MutexDialect } from './sqlite-driver.ts'
import { findWeaknesses } from './sqlite-checks.ts'
import { openFile } from './sqlite-file.ts'
import { createWriter, WriterThreadLost } from './sqlite-writer.ts'

/** Reasons why a folder cannot be created, by error code. */
const MKDIR_ERRORS: Readonly<Record<string, string>> = {
  ENOTDIR: 'part of the path is a file',
  EEXIST: 'part of the path is a file',
  ENOENT: 'no folder can be created there',
  ENAMETOOLONG: 'a name in the path is too long',
  ELOOP: 'links in the path lead in a circle',
}

/** Wait for a process that is just ending. */
const EXCLUSIVE_TIMEOUT_MS = 2_000
const MAX_CACHED_STATEMENTS = 400
/** The last is about the shared-memory file. */
const DISK_FULL_CODES = new Set(['SQLITE_FULL', 'SQLITE_IOERR_WRITE', 'SQLITE_IOERR_SHMSIZE'])

/** Cache of prepared statements, first in first out: preparing small statements costs more than running them. */
function withStatementCache(database: BetterSqlite3.Database): SqliteDatabase {
  const statements = new Map<string, SqliteStatement>()
  return {
    prepare(text) {
      const known = statements.get(text)
      if (known) return known
      const statement: SqliteStatement = database.prepare(text)
      if (statements.size >= MAX_CACHED_STATEMENTS) {
        for (const oldest of statements.keys()) {
          statements.delete(oldest)
          break
        }
      }
      statements.set(text, statement)
      return statement
    },
    close() {
      database.close()
    },
  }
}

/**
 * Opens a file exclusively: every process that has it open holds a lock that conflicts with this one. The mode must be
 * set before the file is first read.
 */
function openExclusively(path: string): BetterSqlite3.Database {
  const database = new BetterSqlite3(path, { timeout: EXCLUSIVE_TIMEOUT_MS, fileMustExist: true })
  try {
    database.pragma('locking_mode = EXCLUSIVE')
    database.exec('begin exclusive; commit')
  } catch (error) {
    database.close()
    throw codeOf(error).startsWith('SQLITE_BUSY') ? inUse(path, error) : error
  }
  return database
}

function inUse(path: string, cause: unknown): DomainError {
  const message = `${path} is open in another process, most likely a running server. Stop it, then try again.`
  return new DomainError('database-unavailable', message, [], cause)
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}

function codeOf(error: unknown): string {
  return error instanceof BetterSqlite3.SqliteError ? error.code : ''
}

/** A database in one file. `path` is a file path or `:memory:`. */
export function sqliteEngine(path: string): Engine {
  const mutex = createMutex()
  const writer = createWriter(path)
  /** A database in memory is only visible to the connection that created it. */
  let inMemory: ((batch: Batch) => FoundRow[]) | null = null

  function openOwn(): SqliteDatabase {
    const database = openFile(path)
    if (path === ':memory:') inMemory = createBatchRunner(database)
    return withStatementCache(database)
  }

  return {
    label: `SQLite ${path}`,
    embedded: true,
    folder: path === ':memory:' ? null : dirname(path),
    dialect: new MutexDialect({ database: async () => openOwn() }, mutex, () => writer.close()),
    dialectWithoutTimeout: null,
    readTime: null,
    isThere: () => path === ':memory:' || existsSync(path),
    tableOptions: (table) => table,
    dropIndex: async (db, _table, index) => db.schema.dropIndex(index).ifExists().execute(),
    ignoringDuplicates: (query) => query.orIgnore(),
    async insertUnless<T extends keyof Schema>(
      _db: Db,
      unless: Lookup<T>,
      inserts: readonly RowInsert[],
      onWritten: () => void,
    ) {
      const release = await mutex.acquire()
      try {
        // The progress of the thread is unknown.
        onWritten()
        const found = inMemory === null ? await writer.run({ unless, inserts }) : inMemory({ unless, inserts })
        // Rows of that table, with SQLite's value types.
        return found as unknown as Row<T>[]
      } finally {
        release()
      }
    },
    async withMigrationLock(db, work) {
      // SQLite's DDL is transactional: the write lock of one transaction is the lock, and a failed migration leaves
      // nothing.
      await db.transaction().execute(async (tx) => {
        await work(tx, async () => undefined)
      })
    },
    awaitClusterSync: async () => undefined,
    async keyOf(db, table) {
      const { rows } = await sql<{ name: string }>`
        select name from pragma_table_info(${table}) where pk > 0 order by pk`.execute(db)
      return rows.map(({ name }) => name)
    },
    async readExclusively(work) {
      const db = new Kysely<Schema>({
        dialect: new SqliteDialect({ database: async () => withStatementCache(openExclusively(path)) }),
      })
      try {
        return await work(db)
      } finally {
        await db.destroy()
      }
    },
    findWeaknesses: (db) => findWeaknesses(db),
    isRetryable: (error) => codeOf(error).startsWith('SQLITE_BUSY'),
    isDuplicate: (error) =>
      codeOf(error) === 'SQLITE_CONSTRAINT_UNIQUE' || codeOf(error) === 'SQLITE_CONSTRAINT_PRIMARYKEY',
    isConnectionLost: (error) => error instanceof WriterThreadLost,
    isOverload: () => false,
    isFull: (error) => DISK_FULL_CODES.has(codeOf(error)),
    isUnreadable: (error) => /^SQLITE_(IOERR|CANTOPEN|CORRUPT|NOTADB)/.test(codeOf(error)),
    explain(error) {
      const code = codeOf(error)
      const system = error instanceof Error && 'code' in error ? String(error.code) : ''
      if (code === 'SQLITE_CANTOPEN' && isFolder(path)) {
        return `The database ${path} is a folder. Set KICKSTAND_DATABASE_URL to a file in it, such as sqlite:${path}/kickstand.db.`
      }
      if (code === 'SQLITE_CANTOPEN' || system === 'EACCES' || system === 'EROFS' || system === 'EPERM') {
        return `The database file ${path} cannot be opened: its folder must exist and be writable by this user. Check its permissions, or set KICKSTAND_DATABASE_URL to another place.`
      }
      if (error instanceof Error && 'syscall' in error) {
        const why = MKDIR_ERRORS[system] ?? `the system says ${system}`
        return `The folder of the database file ${path} cannot be created: ${why}. Set KICKSTAND_DATABASE_URL to another place.`
      }
      if (code === 'SQLITE_ERROR' && /^no such (table|column)/.test(error instanceof Error ? error.message : '')) {
        const what = error instanceof Error ? error.message : ''
        return `The database file ${path} is damaged or belongs to another program (${what}). Restore it from a backup, or set KICKSTAND_DATABASE_URL to a new file.`
      }
      if (code === 'SQLITE_READONLY' || code.startsWith('SQLITE_READONLY_')) {
        return `The database file ${path} is read-only for this user. Make it and its folder writable, or set KICKSTAND_DATABASE_URL to another place.`
      }
      if (code === 'SQLITE_NOTADB') {
        return `${path} is not a Kickstand database. Set KICKSTAND_DATABASE_URL to a new file, or to the right one.`
      }
      if (code === 'SQLITE_CORRUPT') {
        return `The database file ${path} is damaged. Restore it from a backup.`
      }
      if (DISK_FULL_CODES.has(code)) return `The disk with ${path} is full. Free some space.`
      return null
    },
  }
}
