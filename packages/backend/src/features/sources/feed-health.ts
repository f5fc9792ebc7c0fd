import type { FeedHealthBody, HealthState, ChannelHealthBody } from '@kickstand/contract'
import { toTimestamp } from '#read-model/availability-json.ts'
import type { DbReader, Row } from '#db/schema.ts'
import { countSensors, type SensorCounts } from '#features/sensors/count-sensors.ts'
import { readChannels } from '#features/feeds/channel-records.ts'

const HOUR = 60 * 60_000
/** Milliseconds after which a channel is stale. */
const STALE_AFTER = { static: 8 * 24 * HOUR, live: HOUR }

/** The health of a feed, and the last errors of its channels. The errors are for the operator, not for the public. */
export type FeedHealth = {
  readonly feedId: string
  readonly health: FeedHealthBody
  readonly errors: { readonly static: string | null; readonly live: string | null }
}

/** The health of every feed that was ever fetched, ordered by id; `now` in epoch milliseconds. */
export async function readFeedHealth(db: DbReader, now: number): Promise<FeedHealth[]> {
  const counts = await countSensors(db)
  const byFeed = Map.groupBy(await readChannels(db), ({ feed_id }) => feed_id)
  return [...byFeed].map(([feedId, channels]) => {
    const of = (channel: 'static' | 'live'): Row<'feed_channels'> | undefined =>
      channels.find((one) => one.channel === channel)
    const [zones, figures] = [of('static'), of('live')]
    return {
      feedId,
      health: {
        static: zones === undefined ? null : toHealth(zones, NO_SENSORS, now),
        live: figures === undefined ? null : toHealth(figures, counts.get(feedId) ?? NO_SENSORS, now),
      },
      errors: { static: zones?.error ?? null, live: figures?.error ?? null },
    }
  })
}

const NO_SENSORS: SensorCounts = { all: 0, frozen: 0, implausible: 0 }

function toHealth(row: Row<'feed_channels'>, sensors: SensorCounts, now: number): ChannelHealthBody {
  return {
    state: stateOf(row, sensors, now),
    attemptedAt: toTimestamp(row.attempted_at),
    succeededAt: row.succeeded_at === null ? null : toTimestamp(row.succeeded_at),
    newestAt: row.newest_at === null ? null : toTimestamp(row.newest_at),
    ageSeconds: row.newest_at === null ? null : Math.max(0, Math.floor((now - row.newest_at) / 1000)),
    failures: row.failures,
    taken: row.rows_taken,
    rejected: row.rows_rejected,
    impossible: row.rows_impossible,
    zones: Math.max(row.zones, sensors.all),
    frozenSensors: sensors.frozen,
    implausibleSensors: sensors.implausible,
  }
}

/** The worst state that applies: missing data comes before wrong data. */
function stateOf(row: Row<'feed_channels'>, { all, frozen, implausible }: SensorCounts, now: number): HealthState {
  if (row.succeeded_at === null) return row.failures > 0 ? 'failing' : 'waiting'
  if (row.failures > 0) return 'failing'
  if (now - (row.newest_at ?? row.succeeded_at) > STALE_AFTER[row.channel]) return 'stale'
  if (row.frozen_at !== null || (all > 0 && frozen * 2 > all)) return 'frozen'
  if (all > 0 && implausible * 2 >= all) return 'implausible'
  return row.lost_at === null ? 'ok' : 'shrunk'
}
