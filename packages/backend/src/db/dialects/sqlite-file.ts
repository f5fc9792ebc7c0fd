import { mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'

const BUSY_MS = 10_000

/** A connection to a database file, which is made where there is none; `:memory:` for one that is gone with it. */
export function openFile(path: string): BetterSqlite3.Database {
  if (path !== ':memory:') makeFolder(dirname(path))
  const database = new BetterSqlite3(path, { timeout: BUSY_MS })
  // WAL lets readers go on beside the writer. FULL makes every commit durable before it is answered.
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = FULL')
  database.pragma('foreign_keys = ON')
  database.pragma('cache_size = -16384')
  // 64 MB: pages that are written again and again go to the file once, and the log stays small enough for any disk.
  database.pragma('wal_autocheckpoint = 16000')
  return database
}

/** Makes a folder and those above it. Node's `recursive` option never returns below /proc, where nobody can make a folder. */
function makeFolder(folder: string): void {
  try {
    makeOne(folder)
  } catch (error) {
    const above = dirname(folder)
    if (!isSystemError(error, 'ENOENT') || above === folder) throw error
    makeFolder(above)
    makeOne(folder)
  }
}

function makeOne(folder: string): void {
  try {
    mkdirSync(folder)
  } catch (error) {
    if (!isSystemError(error, 'EEXIST') || !statSync(folder).isDirectory()) throw error
  }
}

const isSystemError = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code
