import type { DbReader, Row } from '#db/schema.ts'
import type { BoardWriter } from './board-types.ts'
import { readingObservation } from './observation-of.ts'

const PAGE = 100

/** Loads the readings from `since` on that affect estimates, and the time of each sensor's last reading. */
export async function loadReadings(tx: DbReader, board: BoardWriter, since: number): Promise<void> {
  for (let after = { at: since, id: '' }; ;) {
    const readings = await tx
      .selectFrom('readings')
      .selectAll()
      // The first condition follows from the second; it makes the engine use the index.
      .where('event_order', '>=', after.at)
      .where(({ and, eb, or }) =>
        or([eb('event_order', '>', after.at), and([eb('event_order', '=', after.at), eb('id', '>', after.id)])]),
      )
      .orderBy('event_order')
      .orderBy('id')
      .limit(PAGE)
      .execute()
    for (const reading of readings) load(board, reading)
    const last = readings.at(-1)
    if (last === undefined || readings.length < PAGE) break
    after = { at: last.event_order, id: last.id }
  }
  const sensors = await tx
    .selectFrom('sensors')
    .select(['zone_id', 'counted_at'])
    .where('counted_at', '>', since)
    .execute()
  for (const { zone_id, counted_at } of sensors) board.confirm(zone_id, counted_at)
}

/** The same for these zones. */
export async function loadReadingsOf(
  db: DbReader,
  board: BoardWriter,
  zoneIds: readonly string[],
  since: number,
): Promise<void> {
  const readings = await db
    .selectFrom('readings')
    .selectAll()
    .where('zone_id', 'in', zoneIds)
    .where('event_order', '>=', since)
    .execute()
  for (const reading of readings) load(board, reading)
  const sensors = await db
    .selectFrom('sensors')
    .select(['zone_id', 'counted_at'])
    .where('zone_id', 'in', zoneIds)
    .where('counted_at', '>', since)
    .execute()
  for (const { zone_id, counted_at } of sensors) board.confirm(zone_id, counted_at)
}

function load(
  board: BoardWriter,
  { feed_id, zone_id, counts, observed_at, event_order, ...values }: Row<'readings'>,
): void {
  if (counts === 0) return
  board.load(
    zone_id,
    readingObservation(feed_id, { ...values, zoneId: zone_id, at: observed_at, eventOrder: event_order }),
  )
}
