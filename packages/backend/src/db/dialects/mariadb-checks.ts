import { sql, type Kysely } from 'kysely'

/** A server setting that can cause data loss or failures. */
type Check = {
  readonly setting: string
  readonly isSafe: (value: string) => boolean
  readonly expected: string
  readonly consequence: string
  /** The check applies only if this other setting is on. */
  readonly onlyWith?: string
}

const MIB = 1024 * 1024

const CHECKS: readonly Check[] = [
  {
    setting: 'innodb_flush_log_at_trx_commit',
    isSafe: (value) => value === '1' || value === '3',
    expected: '1',
    consequence: 'a crash loses up to a second of reports that were answered as stored',
  },
  {
    setting: 'innodb_doublewrite',
    isSafe: (value) => value !== 'OFF' && value !== '0',
    expected: 'ON',
    consequence: 'a power cut in the middle of writing a page can destroy tables',
  },
  {
    setting: 'sync_binlog',
    isSafe: (value) => value === '1',
    expected: '1',
    consequence: 'a crash can leave replicas and point-in-time restores without the last reports',
    onlyWith: 'log_bin',
  },
  {
    setting: 'max_allowed_packet',
    isSafe: (value) => Number(value) >= 16 * MIB,
    expected: 'at least 16M',
    consequence: 'imports of zones with large outlines are rejected',
  },
  {
    setting: 'wsrep_cluster_size',
    isSafe: (value) => Number(value) >= 3,
    expected: 'at least 3',
    consequence: 'a cluster of fewer than three nodes stops when one of them dies',
    onlyWith: 'wsrep_on',
  },
]

/** Settings of the server that can cause data loss or failures, one line each with the consequence. */
export async function findWeaknesses<S>(db: Kysely<S>): Promise<string[]> {
  type Row = { Variable_name: string; Value: string }
  const variables = await sql<Row>`show global variables where variable_name in
    ('innodb_flush_log_at_trx_commit', 'innodb_doublewrite', 'sync_binlog', 'log_bin', 'max_allowed_packet', 'wsrep_on')`.execute(
    db,
  )
  const status = await sql<Row>`show global status where variable_name = 'wsrep_cluster_size'`.execute(db)
  const values = new Map([...variables.rows, ...status.rows].map((row) => [row.Variable_name, row.Value]))
  return CHECKS.flatMap(({ setting, isSafe, expected, consequence, onlyWith }) => {
    const value = values.get(setting)
    if (value === undefined || isSafe(value)) return []
    if (onlyWith !== undefined && values.get(onlyWith) !== 'ON') return []
    return [`The database has ${setting} = ${value}, expected ${expected}: ${consequence}.`]
  })
}
