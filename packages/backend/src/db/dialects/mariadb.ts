import { Kysely, sql } from 'kysely'
import type { Engine } from '../engine.ts'
import type { Schema } from '../schema.ts'
import { parseAddress } from './mariadb-address.ts'
import { findWeaknesses } from './mariadb-checks.ts'
import { explain, isDuplicate, isFull, isLost, isOverload, isRetryable } from './mariadb-errors.ts'
import { insertUnless } from './mariadb-insert.ts'
import { OneDatabaseDialect } from './mariadb-introspector.ts'
import { withRowLock } from './mariadb-lock.ts'
import { awaitCluster } from './mariadb-cluster.ts'
import { createNodePool } from './mariadb-pool.ts'
import { readExclusively } from './mariadb-exclusive.ts'

/** A MariaDB 10.11+ server or Galera cluster. Throws as `parseAddress` does. */
export function mariadbEngine(url: string): Engine {
  const address = parseAddress(url)
  const place = `${address.nodes.map(({ host, port }) => `${host}:${port}`).join(',')}/${address.database}`
  const dialectOf = (noTimeout: boolean) =>
    new OneDatabaseDialect(address.database, { pool: async () => createNodePool(address, noTimeout) })
  const dialectWithoutTimeout = dialectOf(true)
  return {
    label: `MariaDB ${place}`,
    embedded: false,
    folder: null,
    dialect: dialectOf(false),
    dialectWithoutTimeout,
    async readTime(db) {
      const { rows } = await sql<{ now: number }>`select unix_timestamp() as now`.execute(db)
      return Number(rows[0]?.now) * 1000
    },
    isThere: () => true,
    tableOptions: (table) =>
      table.modifyEnd(sql`engine = InnoDB default character set = utf8mb4 collate = utf8mb4_bin`),
    dropIndex: async (db, table, index) => db.schema.dropIndex(index).ifExists().on(table).execute(),
    ignoringDuplicates: (query) => query.ignore(),
    insertUnless,
    withMigrationLock: (db, work) => withRowLock(db, place, (check) => work(db, check)),
    awaitClusterSync: awaitCluster,
    async keyOf(db, table) {
      const { rows } = await sql<{ name: string }>`
        select column_name as name from information_schema.key_column_usage
        where table_schema = ${address.database} and table_name = ${table} and constraint_name = 'PRIMARY'
        order by ordinal_position`.execute(db)
      return rows.map(({ name }) => name)
    },
    async readExclusively(work) {
      const db = new Kysely<Schema>({ dialect: dialectWithoutTimeout })
      try {
        return await readExclusively(db, place, work)
      } finally {
        await db.destroy()
      }
    },
    findWeaknesses: (db) => findWeaknesses(db),
    isRetryable,
    isDuplicate,
    isConnectionLost: isLost,
    isOverload,
    isFull,
    // The server reports unreadable files as a lost connection or a failed statement.
    isUnreadable: () => false,
    explain: (error) => explain(error, address),
  }
}
