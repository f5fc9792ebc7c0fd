import { sql } from 'kysely'
import { contains, LIKE_ESCAPE } from '#db/like-pattern.ts'
import type { DbReader, Row, Tx } from '#db/schema.ts'
import type { PageCursor } from '#http/page-cursor.ts'

export type OrganisationRow = Row<'organisations'>

export async function insertOrganisation(tx: Tx, organisation: Omit<OrganisationRow, 'version'>): Promise<void> {
  await tx.insertInto('organisations').values(organisation).execute()
}

export async function readOrganisation(db: DbReader, id: string): Promise<OrganisationRow | undefined> {
  return db.selectFrom('organisations').selectAll().where('id', '=', id).executeTakeFirst()
}

/** `ids`: the organisations that may be read. `q`: part of the name; '' for every name. */
export type OrganisationFilter = { readonly ids: 'all' | readonly string[]; readonly q: string }

/** Organisations after a cursor, by name. `sort`: the name in lower case, for the order of the list. */
export async function readOrganisations(
  db: DbReader,
  { ids, q }: OrganisationFilter,
  after: PageCursor | null,
  limit: number,
): Promise<(OrganisationRow & { sort: string })[]> {
  if (ids !== 'all' && ids.length === 0) return []
  const sort = sql<string>`lower(name)`
  let query = db.selectFrom('organisations').selectAll().select(sort.as('sort'))
  if (ids !== 'all') query = query.where('id', 'in', [...ids])
  // The original text is searched too, because one engine changes the case of ASCII letters only.
  if (q !== '') {
    query = query.where(
      sql<boolean>`(lower(name) like ${contains(q.toLowerCase())} escape ${sql.lit(LIKE_ESCAPE)}
        or name like ${contains(q)} escape ${sql.lit(LIKE_ESCAPE)})`,
    )
  }
  if (after !== null) {
    query = query.where((where) =>
      where.or([where(sort, '>', after.sort), where.and([where(sort, '=', after.sort), where('id', '>', after.id)])]),
    )
  }
  return query.orderBy(sort).orderBy('id').limit(limit).execute()
}

/**
 * Renames an organisation and increases its version. `version`: renames it only if it still has this version. Returns whether
 * it was renamed.
 */
export async function updateOrganisation(tx: Tx, id: string, name: string, version: number | null): Promise<boolean> {
  let query = tx
    .updateTable('organisations')
    .set({ name, version: sql<number>`version + 1` })
    .where('id', '=', id)
  if (version !== null) query = query.where('version', '=', version)
  return (await query.executeTakeFirst()).numUpdatedRows > 0n
}
