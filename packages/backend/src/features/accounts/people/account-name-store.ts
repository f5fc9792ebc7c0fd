import type { DbReader } from '#db/schema.ts'

/** Names of accounts by id. Accounts that do not exist are missing. */
export async function readAccountNames(db: DbReader, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('accounts')
    .select(['id', 'name'])
    .where('id', 'in', [...ids])
    .execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}
