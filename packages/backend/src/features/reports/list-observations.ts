import type { ForecastObservationBody } from '@kickstand/contract'
import { toTimestamp } from '#read-model/availability-json.ts'
import type { Db } from '#db/schema.ts'
import { listBetween } from './report-store.ts'

/** More marks than this cannot be distinguished on the chart of a day. */
const MAX_RESULTS = 200

/**
 * Reports on a zone between two times (epoch milliseconds) that changed its estimate or its history, oldest first,
 * without the reporters.
 */
export async function listObservations(
  db: Db,
  zoneId: string,
  capacity: number | null,
  { from, to }: { from: number; to: number },
): Promise<ForecastObservationBody[]> {
  const found = await listBetween(db, zoneId, from, to, MAX_RESULTS)
  return found.toReversed().flatMap(({ kind, count, level, effect, observed_at }) => {
    if (kind === 'problem' || effect === 'none') return []
    const free = capacity === null || count === null ? null : Math.max(0, capacity - count)
    return [{ at: toTimestamp(observed_at), kind, free, level, effect }]
  })
}
