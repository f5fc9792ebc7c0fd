import type { DbReader, ReadingsTable } from '#db/schema.ts'
import type { Board } from './board.ts'
import { readingObservation } from './observation-of.ts'

const PAGE = 100

/** Puts on the board the readings from `since` on that move estimates, and when each machine last spoke. */
export async function loadReadings(tx: DbReader, board: Board, since: number): Promise<void> {
  for (let after = { at: since, id: '' }; ;) {
    const readings = await tx
      .selectFrom('readings')
      .selectAll()
      // The first condition follows from the second; it is there so that the index is entered at its place.
      .where('fold_at', '>=', after.at)
      .where(({ and, eb, or }) =>
        or([eb('fold_at', '>', after.at), and([eb('fold_at', '=', after.at), eb('id', '>', after.id)])]),
      )
      .orderBy('fold_at')
      .orderBy('id')
      .limit(PAGE)
      .execute()
    for (const reading of readings) load(board, reading)
    const last = readings.at(-1)
    if (last === undefined || readings.length < PAGE) break
    after = { at: last.fold_at, id: last.id }
  }
  const sensors = await tx.selectFrom('sensors').select(['zone_id', 'told_at']).where('told_at', '>', since).execute()
  for (const { zone_id, told_at } of sensors) board.confirm(zone_id, told_at)
}

/** The same for these zones. */
export async function loadReadingsOf(
  db: DbReader,
  board: Board,
  zoneIds: readonly string[],
  since: number,
): Promise<void> {
  const readings = await db
    .selectFrom('readings')
    .selectAll()
    .where('zone_id', 'in', zoneIds)
    .where('fold_at', '>=', since)
    .execute()
  for (const reading of readings) load(board, reading)
  const sensors = await db
    .selectFrom('sensors')
    .select(['zone_id', 'told_at'])
    .where('zone_id', 'in', zoneIds)
    .where('told_at', '>', since)
    .execute()
  for (const { zone_id, told_at } of sensors) board.confirm(zone_id, told_at)
}

function load(board: Board, { feed_id, zone_id, counts, observed_at, fold_at, ...said }: ReadingsTable): void {
  if (counts === 0) return
  board.load(zone_id, readingObservation(feed_id, { ...said, zoneId: zone_id, at: observed_at, foldAt: fold_at }))
}
