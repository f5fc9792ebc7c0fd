import { CompiledQuery, Kysely, MysqlDialect, sql, type Dialect } from 'kysely'
import { createPool, type PoolOptions, type TypeCastField } from 'mysql2'
import { DomainError } from '@kickstand/domain'
import type { Engine } from '../engine.ts'
import type { Schema } from '../schema.ts'
import { sleep } from '#platform/sleep.ts'

const MIGRATION_LOCK_SECONDS = 120
const CONNECTIONS = 10
const CONNECT_MS = 10_000
const LOOKS_FOR_OTHERS = 10
const LOOK_EVERY_MS = 200

const SESSION = `set session
  sql_mode = 'STRICT_TRANS_TABLES,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION',
  innodb_lock_wait_timeout = 10,
  tx_isolation = 'REPEATABLE-READ'`

const LOST = new Set([
  'PROTOCOL_CONNECTION_LOST',
  'PROTOCOL_SEQUENCE_TIMEOUT',
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ER_SERVER_SHUTDOWN',
  'ER_CONNECTION_KILLED',
])
// WSREP reports a certification failure as a deadlock, and a node that is not in the primary component as unknown command.
const RETRYABLE = new Set(['ER_LOCK_DEADLOCK', 'ER_LOCK_WAIT_TIMEOUT', 'ER_CHECKREAD'])

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

/**
 * After a commit whose connection went, the transaction is rolled back on it, and the driver's refusal to use a closed
 * connection, an error without a code, hides the one that says so.
 */
function isLost(error: unknown): boolean {
  return LOST.has(codeOf(error)) || (error instanceof Error && error.message.includes('in closed state'))
}

/** Waits a moment for connections that are just ending. Those of other users are seen with the PROCESS privilege only. */
async function refuseOthers(connection: Kysely<Schema>, place: string): Promise<void> {
  for (let looked = 1; ; looked += 1) {
    const { rows } = await sql<{ host: string }>`
      select host from information_schema.processlist where db = database() and id <> connection_id()`.execute(
      connection,
    )
    if (rows.length === 0) return
    if (looked === LOOKS_FOR_OTHERS) {
      throw new DomainError(
        'database-unavailable',
        `${place} is in use: ${rows.length} connections, from ${[...new Set(rows.map(({ host }) => host))].slice(0, 3).join(', ')}. Stop every server that uses it, then try again.`,
      )
    }
    await sleep(LOOK_EVERY_MS)
  }
}

/** The driver's own reading of numbers of up to 17 characters is off by a last bit now and then: 9.760155436814955 is one. */
function castExactly(field: TypeCastField, next: () => unknown): unknown {
  if (field.type !== 'DOUBLE') return next()
  const text = field.string()
  return text === null ? null : Number(text)
}

function poolOptions(url: URL): PoolOptions {
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? 3306 : Number(url.port),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)),
    charset: 'utf8mb4_bin',
    timezone: 'Z',
    connectionLimit: CONNECTIONS,
    maxIdle: CONNECTIONS,
    connectTimeout: CONNECT_MS,
    enableKeepAlive: true,
    supportBigNumbers: true,
    typeCast: castExactly,
  }
}

/** A MariaDB 10.11+ server. `url` is `mariadb://user:password@host:port/database`. */
export function mariadbEngine(url: URL): Engine {
  const options = poolOptions(url)
  if (!options.database) {
    throw new DomainError(
      'invalid-config',
      'KICKSTAND_DATABASE_URL names no database: expected mariadb://user:password@host:port/database.',
    )
  }
  const place = `${options.host}:${options.port}/${options.database}`
  const dialect: Dialect = new MysqlDialect({
    pool: async () => createPool(options),
    async onCreateConnection(connection) {
      // Strict mode refuses what does not fit instead of cutting it; the rest makes sessions the same whatever the server.
      await connection.executeQuery(CompiledQuery.raw(SESSION))
    },
  })
  return {
    label: `MariaDB ${place}`,
    embedded: false,
    dialect,
    isThere: () => true,
    tableOptions: (table) =>
      table.modifyEnd(sql`engine = InnoDB default character set = utf8mb4 collate = utf8mb4_bin`),
    ignoringDuplicates: (query) => query.ignore(),
    async withMigrationLock(db, work) {
      // DDL commits at once here, so a transaction locks nothing: a named lock on one connection does.
      await db.connection().execute(async (connection) => {
        const name = `kickstand-migrate-${options.database}`
        const { rows } = await sql<{ taken: number | null }>`
          select get_lock(${name}, ${MIGRATION_LOCK_SECONDS}) as taken`.execute(connection)
        if (rows[0]?.taken !== 1) {
          throw new DomainError(
            'database-unavailable',
            `Another process has been migrating ${place} for ${MIGRATION_LOCK_SECONDS} s. Wait for it to end, then start again.`,
          )
        }
        try {
          await work(connection)
        } finally {
          await sql`select release_lock(${name})`.execute(connection)
        }
      })
    },
    async keyOf(db, table) {
      const { rows } = await sql<{ name: string }>`
        select column_name as name from information_schema.key_column_usage
        where table_schema = ${options.database} and table_name = ${table} and constraint_name = 'PRIMARY'
        order by ordinal_position`.execute(db)
      return rows.map(({ name }) => name)
    },
    async readWhole(work) {
      const db = new Kysely<Schema>({ dialect })
      try {
        return await db.connection().execute(async (connection) => {
          await refuseOthers(connection, place)
          await sql`start transaction with consistent snapshot, read only`.execute(connection)
          const value = await work(connection)
          await sql`commit`.execute(connection)
          await refuseOthers(connection, place)
          return value
        })
      } finally {
        await db.destroy()
      }
    },
    isRetryable: (error) => RETRYABLE.has(codeOf(error)),
    isDuplicate: (error) => codeOf(error) === 'ER_DUP_ENTRY',
    isConnectionLost: isLost,
    explain(error) {
      const code = codeOf(error)
      if (LOST.has(code) || code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
        return `No MariaDB answers at ${place} (${code}). Start it, or correct KICKSTAND_DATABASE_URL.`
      }
      if (code === 'ER_ACCESS_DENIED_ERROR' || code === 'ER_DBACCESS_DENIED_ERROR') {
        return `MariaDB at ${place} refuses user ${options.user}. Check the user, the password and the grants in KICKSTAND_DATABASE_URL.`
      }
      if (code === 'ER_BAD_DB_ERROR') {
        return `MariaDB at ${options.host}:${options.port} has no database ${options.database}. Make it: CREATE DATABASE ${options.database} CHARACTER SET utf8mb4;`
      }
      if (code === 'ER_RECORD_FILE_FULL' || code === 'ER_DISK_FULL') {
        return `The disk of MariaDB at ${place} is full. Free some space and start again.`
      }
      return null
    },
  }
}
