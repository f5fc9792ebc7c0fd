import { zoneColumns, type EventLog } from '@kickstand/backend'
import { matchCell, type SourceInfo, type ZoneFacts, type ZoneStatus } from '@kickstand/domain'
import { aSource, aZoneFacts } from './makers.ts'

/** A zone to insert directly into the database. The test chooses `id`, so that the order of results is known. */
export type SeededZone = Partial<ZoneFacts> & { readonly id: string; readonly status?: ZoneStatus }

const ROWS_PER_INSERT = 200
const ZONES_PER_COMMIT = 2_000

/** Inserts zones and their source, with the events that every board follows. Replaces zones with the same id. */
export async function seedZones(
  eventLog: EventLog,
  zones: readonly SeededZone[],
  source: SourceInfo = aSource(),
): Promise<void> {
  await eventLog.commit(async (tx, append) => {
    await tx.deleteFrom('sources').where('id', '=', source.id).execute()
    const { licenceUrl, simulated, fieldTrust: _trust, matchDistance: _distance, ...named } = source
    const figures = { zones: zones.length, spaces: zones.reduce((sum, zone) => sum + (zone.capacity ?? 0), 0) }
    await tx
      .insertInto('sources')
      .values({ ...named, ...figures, licence_url: licenceUrl, simulated: simulated ? 1 : 0, imported_at: 0 })
      .execute()
    append({ type: 'sources' })
  })
  for (let from = 0; from < zones.length; from += ZONES_PER_COMMIT) {
    await putZones(eventLog, zones.slice(from, from + ZONES_PER_COMMIT), source.id)
  }
}

async function putZones(eventLog: EventLog, zones: readonly SeededZone[], sourceId: string): Promise<void> {
  await eventLog.commit(async (tx, append) => {
    for (let from = 0; from < zones.length; from += ROWS_PER_INSERT) {
      const batch = zones.slice(from, from + ROWS_PER_INSERT)
      const ids = batch.map(({ id }) => id)
      await tx.deleteFrom('zones').where('id', 'in', ids).execute()
      await tx.deleteFrom('zone_sources').where('zone_id', 'in', ids).execute()
      await tx.insertInto('zones').values(batch.map(toRow)).execute()
      await tx
        .insertInto('zone_sources')
        .values(
          batch.map(({ id, status = 'active', ...stated }) => {
            const facts = aZoneFacts(stated)
            return {
              source_id: sourceId,
              ref: `node/${id}`,
              zone_id: id,
              fingerprint: id,
              seen_at: 0,
              missing_since: null,
              facts: JSON.stringify(facts),
              lat: facts.lat,
              lng: facts.lng,
              cell: matchCell(facts.lat, facts.lng),
              capacity: facts.capacity,
              status,
            }
          }),
        )
        .execute()
    }
    append({ type: 'zones', zoneIds: zones.map(({ id }) => id) })
  })
}

function toRow({ id, status = 'active', ...stated }: SeededZone) {
  return { id, ...zoneColumns(aZoneFacts(stated), status, 0), created_at: 0 }
}
