import {
  CompiledQuery,
  SelectQueryNode,
  SqliteDialect,
  SqliteDriver,
  type DatabaseConnection,
  type SqliteDialectConfig,
  type TransactionSettings,
} from 'kysely'
import type { Mutex } from './mutex.ts'

/**
 * Statements of the process's own connection. The engine lets one connection write at a time and makes the others wait without
 * letting go of their thread: whatever writes here therefore first waits in the mutex that it shares with the thread that writes.
 */
class LaneDriver extends SqliteDriver {
  readonly #mutex: Mutex
  readonly #onDestroy: () => Promise<void>
  /** Of the one connection: whether a transaction is open, and what ends its turn if it may write. */
  #isOpen = false
  #endTurn: (() => void) | null = null
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
    const isReader = settings?.accessMode === 'read only'
    if (!isReader) this.#endTurn = await this.#mutex.turn()
    this.#isOpen = true
    try {
      // Takes the write lock at the start: a transaction that reads first and writes later would fail with "busy" under us.
      await connection.executeQuery(CompiledQuery.raw(isReader ? 'begin' : 'begin immediate'))
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
      // A full disk has ended it already: what is told must be that, and not this.
      if (!(error instanceof Error && error.message.includes('no transaction is active'))) throw error
    } finally {
      this.#end()
    }
  }

  override async destroy(): Promise<void> {
    await this.#onDestroy()
    await super.destroy()
  }

  #inMutex(inner: DatabaseConnection): DatabaseConnection {
    return {
      executeQuery: async (query) => {
        if (this.#isOpen || SelectQueryNode.is(query.query)) return inner.executeQuery(query)
        const endTurn = await this.#mutex.turn()
        try {
          return await inner.executeQuery(query)
        } finally {
          endTurn()
        }
      },
      streamQuery: (query, size) => inner.streamQuery(query, size),
    }
  }

  #end(): void {
    this.#isOpen = false
    this.#endTurn?.()
    this.#endTurn = null
  }
}

/** The engine's dialect on such a connection; `onDestroy` runs before it is closed. */
export class LaneDialect extends SqliteDialect {
  readonly #createDriver: () => SqliteDriver

  constructor(config: SqliteDialectConfig, mutex: Mutex, onDestroy: () => Promise<void>) {
    super(config)
    this.#createDriver = () => new LaneDriver(config, mutex, onDestroy)
  }

  override createDriver(): SqliteDriver {
    return this.#createDriver()
  }
}
