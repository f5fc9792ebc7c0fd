import type { DbReader, Row, Tx } from '#db/schema.ts'

export type OrganisationRow = Row<'organisations'>

export async function insertOrganisation(tx: Tx, organisation: Omit<OrganisationRow, 'version'>): Promise<void> {
  await tx.insertInto('organisations').values(organisation).execute()
}

export async function readOrganisation(db: DbReader, id: string): Promise<OrganisationRow | undefined> {
  return db.selectFrom('organisations').selectAll().where('id', '=', id).executeTakeFirst()
}
