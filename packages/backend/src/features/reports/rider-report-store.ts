import type { DbReader, Row } from '#db/schema.ts'

/** The reports of a rider after one, in the order of their ids. */
export async function reportsOfRiderAfter(
  db: DbReader,
  riderId: string,
  after: string,
  limit: number,
): Promise<Row<'reports'>[]> {
  return db
    .selectFrom('reports')
    .selectAll()
    .where('rider_id', '=', riderId)
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute()
}
