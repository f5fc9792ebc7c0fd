import type { Connection } from 'mysql2'
import { notReady, unanswered } from './mariadb-errors.ts'

type Rows = readonly Readonly<Record<string, unknown>>[]

/**
 * Makes a new connection like all others, whatever its server is set to: strict mode refuses what does not fit instead of
 * cutting it. A transaction whose server was cut off holds its locks no longer than a statement may take. On a node of a
 * cluster it then waits until the node has all that was committed anywhere.
 * @param statementMs how long the server lets a statement run, or a transaction wait for one; 0 is without limit
 * @throws what the driver does where the node is not ready
 */
export async function prepareSession(connection: Connection, statementMs: number, withinMs: number): Promise<void> {
  await ask(
    connection,
    `set session
      sql_mode = 'STRICT_TRANS_TABLES,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION',
      innodb_lock_wait_timeout = 5,
      tx_isolation = 'REPEATABLE-READ',
      max_statement_time = ${statementMs / 1000},
      idle_transaction_timeout = ${Math.ceil(statementMs / 1000)}`,
    withinMs,
  )
  const { isMember, ready } = await readClusterState(connection, withinMs)
  if (!isMember) return
  if (!ready) throw notReady()
  await ask(connection, 'set session wsrep_sync_wait = 1', withinMs)
  await ask(connection, 'select count(*) from information_schema.schemata where 1 = 0', withinMs)
  await ask(connection, 'set session wsrep_sync_wait = 0', withinMs)
}

/** What a server says of its place in a cluster; `isMember` is false where it is none. */
export async function readClusterState(
  connection: Connection,
  withinMs: number,
): Promise<{ isMember: boolean; ready: boolean; state: string }> {
  const rows = await ask(
    connection,
    `show global status where variable_name in ('wsrep_ready', 'wsrep_cluster_status', 'wsrep_local_state_comment')`,
    withinMs,
  )
  const status = new Map(rows.map((row) => [String(row.Variable_name), String(row.Value)]))
  return {
    isMember: (status.get('wsrep_cluster_status') ?? 'Disconnected') !== 'Disconnected',
    ready: status.get('wsrep_ready') === 'ON',
    state: status.get('wsrep_local_state_comment') ?? '',
  }
}

function ask(connection: Connection, statement: string, withinMs: number): Promise<Rows> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      connection.destroy()
      reject(unanswered(withinMs))
    }, withinMs)
    connection.query(statement, (error: Error | null, rows: unknown) => {
      clearTimeout(timer)
      if (error !== null) reject(error)
      else resolve(Array.isArray(rows) ? (rows as Rows) : [])
    })
  })
}
