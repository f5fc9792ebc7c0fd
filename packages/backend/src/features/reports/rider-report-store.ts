import type { DbReader, Row } from '#db/schema.ts'

/** Reads the reports of a rider whose id is greater than `after`, ordered by id. */
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
