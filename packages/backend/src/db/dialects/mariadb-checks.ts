import { sql, type Kysely } from 'kysely'

/** A setting of the server by which something may be lost, and what. */
type Check = {
  readonly setting: string
  readonly isFine: (value: string) => boolean
  readonly wanted: string
  readonly otherwise: string
  /** Only where this other setting is on. */
  readonly onlyWith?: string
}

const MIB = 1024 * 1024

const CHECKS: readonly Check[] = [
  {
    setting: 'innodb_flush_log_at_trx_commit',
    isFine: (value) => value === '1' || value === '3',
    wanted: '1',
    otherwise: 'a crash loses up to a second of reports that were answered as stored',
  },
  {
    setting: 'innodb_doublewrite',
    isFine: (value) => value !== 'OFF' && value !== '0',
    wanted: 'ON',
    otherwise: 'a power cut in the middle of writing a page can destroy tables',
  },
  {
    setting: 'sync_binlog',
    isFine: (value) => value === '1',
    wanted: '1',
    otherwise: 'a crash can leave replicas and point-in-time restores without the last reports',
    onlyWith: 'log_bin',
  },
  {
    setting: 'max_allowed_packet',
    isFine: (value) => Number(value) >= 16 * MIB,
    wanted: 'at least 16M',
    otherwise: 'imports of zones with large outlines are refused',
  },
  {
    setting: 'wsrep_cluster_size',
    isFine: (value) => Number(value) >= 3,
    wanted: 'at least 3',
    otherwise: 'a cluster of fewer than three nodes stops when one of them dies',
    onlyWith: 'wsrep_on',
  },
]

/** What the server is set to that loses something, each as one line for people that says what. */
export async function findWeaknesses<S>(db: Kysely<S>): Promise<string[]> {
  type Row = { Variable_name: string; Value: string }
  const variables = await sql<Row>`show global variables where variable_name in
    ('innodb_flush_log_at_trx_commit', 'innodb_doublewrite', 'sync_binlog', 'log_bin', 'max_allowed_packet', 'wsrep_on')`.execute(
    db,
  )
  const status = await sql<Row>`show global status where variable_name = 'wsrep_cluster_size'`.execute(db)
  const values = new Map([...variables.rows, ...status.rows].map((row) => [row.Variable_name, row.Value]))
  return CHECKS.flatMap(({ setting, isFine, wanted, otherwise, onlyWith }) => {
    const value = values.get(setting)
    if (value === undefined || isFine(value)) return []
    if (onlyWith !== undefined && values.get(onlyWith) !== 'ON') return []
    return [`The database has ${setting} = ${value}, expected ${wanted}: ${otherwise}.`]
  })
}
