import {
  Kysely,
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
} from 'kysely'
import type { Schema } from '#db/schema.ts'

/** Simulates the death of a process from the view of its database. */
export class CutOff extends Error {}

/**
 * A database that executes a limited number of writing statements and then fails. `wasCut` tells whether it failed.
 */
export function cutOffAfter(dialect: Dialect, statements: number): { db: Kysely<Schema>; wasCut: () => boolean } {
  let left = statements
  let cut = false
  const changes = ({ sql }: CompiledQuery): boolean => /^\s*(create|alter|insert|update|delete)/i.test(sql)

  function wrap(connection: DatabaseConnection): DatabaseConnection {
    return {
      executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
        if (changes(query) && (left -= 1) < 0) {
          cut = true
          return Promise.reject(new CutOff('cut off'))
        }
        return connection.executeQuery<R>(query)
      },
      streamQuery: (query, size) => connection.streamQuery(query, size),
    }
  }

  const db = new Kysely<Schema>({
    dialect: {
      createAdapter: () => dialect.createAdapter(),
      createQueryCompiler: () => dialect.createQueryCompiler(),
      createIntrospector: (inner) => dialect.createIntrospector(inner),
      createDriver(): Driver {
        const driver = dialect.createDriver()
        const inner = new WeakMap<DatabaseConnection, DatabaseConnection>()
        const of = (outer: DatabaseConnection): DatabaseConnection => inner.get(outer) ?? outer
        return {
          init: (options) => driver.init(options),
          async acquireConnection(options) {
            const connection = await driver.acquireConnection(options)
            const outer = wrap(connection)
            inner.set(outer, connection)
            return outer
          },
          beginTransaction: (connection, settings) => driver.beginTransaction(of(connection), settings),
          commitTransaction: (connection) => driver.commitTransaction(of(connection)),
          rollbackTransaction: (connection) => driver.rollbackTransaction(of(connection)),
          releaseConnection: (connection) => driver.releaseConnection(of(connection)),
          destroy: () => driver.destroy(),
        }
      },
    },
  })
  return { db, wasCut: () => cut }
}
