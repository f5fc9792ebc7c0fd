import { mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'

const BUSY_TIMEOUT_MS = 10_000

/** Opens a database file, which is created if it does not exist; `:memory:` for a database in memory. */
export function openFile(path: string): BetterSqlite3.Database {
  if (path !== ':memory:') makeFolder(dirname(path))
  const database = new BetterSqlite3(path, { timeout: BUSY_TIMEOUT_MS })
  // With WAL, reads do not block on writes. FULL makes every commit durable before it returns.
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = FULL')
  database.pragma('foreign_keys = ON')
  database.pragma('cache_size = -16384')
  // 64 MB: pages that change often are copied to the file once, and the log stays small enough for any disk.
  database.pragma('wal_autocheckpoint = 16000')
  return database
}

/** Creates a folder and its parents. Node's `recursive` option hangs below /proc, where folders cannot be created. */
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
