import type { Kysely } from 'kysely'
import type { Schema } from '#db/schema.ts'
import { pagesOf } from './pages.ts'
import { createDigest, type TableDigest } from './row-digest.ts'
import type { MovedTable } from './tables.ts'

/** The digests of a table in both databases after a move. */
export type Reconciled = {
  readonly table: string
  readonly source: TableDigest
  readonly target: TableDigest
  readonly equal: boolean
}

/** Counts and hashes the rows of a table. */
export async function digestTable(db: Kysely<Schema>, table: MovedTable): Promise<TableDigest> {
  const digest = createDigest()
  for await (const { rows } of pagesOf(db, table, null)) {
    for (const row of rows) digest.add(row)
  }
  return digest.end()
}

/** Reads the whole table in both databases and compares the digests. */
export async function reconcileTable(
  source: Kysely<Schema>,
  target: Kysely<Schema>,
  table: MovedTable,
): Promise<Reconciled> {
  const [there, here] = await Promise.all([digestTable(source, table), digestTable(target, table)])
  const equal = there.rows === here.rows && there.checksum === here.checksum
  return { table: table.name, source: there, target: here, equal }
}
