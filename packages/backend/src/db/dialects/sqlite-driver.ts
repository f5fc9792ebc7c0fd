import {
  CompiledQuery,
  SelectQueryNode,
  SqliteDialect,
  SqliteDriver,
  type DatabaseConnection,
  type SqliteDialectConfig,
  type TransactionSettings,
} from 'kysely'
import type { Mutex } from '#platform/mutex.ts'

/**
 * The driver of the main connection. SQLite lets one connection write at a time and blocks the thread of any other
 * until it has the lock. Writes here therefore first acquire the mutex that is shared with the writer thread.
 */
class MutexDriver extends SqliteDriver {
  readonly #mutex: Mutex
  readonly #onDestroy: () => Promise<void>
  /** Whether the one connection has an open transaction, and what releases the mutex if that may write. */
  #isOpen = false
  #release: (() => void) | null = null
  #connection: DatabaseConnection | null = null

  constructor(config: SqliteDialectConfig, mutex: Mutex, onDestroy: () => Promise<void>) {
    super(config)
    this.#mutex = mutex
    this.#onDestroy = onDestroy
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    this.#connection ??= this.#inMutex(await super.acquireConnection())
    return this.#connection
  }

  override async beginTransaction(connection: DatabaseConnection, settings?: TransactionSettings): Promise<void> {
    const isReadOnly = settings?.accessMode === 'read only'
    if (!isReadOnly) this.#release = await this.#mutex.acquire()
    this.#isOpen = true
    try {
      // Takes the write lock at the start: a transaction that reads first and writes later could fail with "busy".
      await connection.executeQuery(CompiledQuery.raw(isReadOnly ? 'begin' : 'begin immediate'))
    } catch (error) {
      this.#end()
      throw error
    }
  }

  override async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await super.commitTransaction(connection)
    this.#end()
  }

  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    try {
      await super.rollbackTransaction(connection)
    } catch (error) {
      // On a full disk SQLite has already rolled back; the first error must be reported, not this one.
      if (!(error instanceof Error && error.message.includes('no transaction is active'))) throw error
    } finally {
      this.#end()
    }
  }

  override async destroy(): Promise<void> {
    await this.#onDestroy()
    await super.destroy()
  }

  #inMutex(connection: DatabaseConnection): DatabaseConnection {
    return {
      executeQuery: async (query) => {
        if (this.#isOpen || SelectQueryNode.is(query.query)) return connection.executeQuery(query)
        const release = await this.#mutex.acquire()
        try {
          return await connection.executeQuery(query)
        } finally {
          release()
        }
      },
      streamQuery: (query, size) => connection.streamQuery(query, size),
    }
  }

  #end(): void {
    this.#isOpen = false
    this.#release?.()
    this.#release = null
  }
}

/** SqliteDialect with that driver; `onDestroy` runs before the connection is closed. */
export class MutexDialect extends SqliteDialect {
  readonly #createDriver: () => SqliteDriver

  constructor(config: SqliteDialectConfig, mutex: Mutex, onDestroy: () => Promise<void>) {
    super(config)
    this.#createDriver = () => new MutexDriver(config, mutex, onDestroy)
  }

  override createDriver(): SqliteDriver {
    return this.#createDriver()
  }
}
