import type { Connection } from 'mysql2'
import { notReadyError, timeoutError } from './mariadb-errors.ts'

type Rows = readonly Readonly<Record<string, unknown>>[]

/**
 * Sets up a new connection, whatever the defaults of its server: strict mode rejects values that do not fit instead of
 * truncating them. A transaction whose client has gone holds its locks no longer than the statement time limit. On a
 * cluster node it then waits until the node has applied everything that was committed before.
 * @param statementMs time limit of a statement, and of the idle time in a transaction; 0 disables it
 * @throws the driver's error if the node is not ready
 */
export async function prepareSession(connection: Connection, statementMs: number, timeoutMs: number): Promise<void> {
  await runQuery(
    connection,
    `set session
      sql_mode = 'STRICT_TRANS_TABLES,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION',
      innodb_lock_wait_timeout = 5,
      tx_isolation = 'REPEATABLE-READ',
      max_statement_time = ${statementMs / 1000},
      idle_transaction_timeout = ${Math.ceil(statementMs / 1000)}`,
    timeoutMs,
  )
  const { isMember, ready } = await readClusterState(connection, timeoutMs)
  if (!isMember) return
  if (!ready) throw notReadyError()
  await runQuery(connection, 'set session wsrep_sync_wait = 1', timeoutMs)
  await runQuery(connection, 'select count(*) from information_schema.schemata where 1 = 0', timeoutMs)
  await runQuery(connection, 'set session wsrep_sync_wait = 0', timeoutMs)
}

/** The cluster state of a server; `isMember` is false for a single server. */
export async function readClusterState(
  connection: Connection,
  timeoutMs: number,
): Promise<{ isMember: boolean; ready: boolean; state: string }> {
  const rows = await runQuery(
    connection,
    `show global status where variable_name in ('wsrep_ready', 'wsrep_cluster_status', 'wsrep_local_state_comment')`,
    timeoutMs,
  )
  const status = new Map(rows.map((row) => [String(row.Variable_name), String(row.Value)]))
  return {
    isMember: (status.get('wsrep_cluster_status') ?? 'Disconnected') !== 'Disconnected',
    ready: status.get('wsrep_ready') === 'ON',
    state: status.get('wsrep_local_state_comment') ?? '',
  }
}

function runQuery(connection: Connection, statement: string, timeoutMs: number): Promise<Rows> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      connection.destroy()
      reject(timeoutError(timeoutMs))
    }, timeoutMs)
    connection.query(statement, (error: Error | null, rows: unknown) => {
      clearTimeout(timer)
      if (error !== null) reject(error)
      else resolve(Array.isArray(rows) ? (rows as Rows) : [])
    })
  })
}
